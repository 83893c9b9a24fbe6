package dev.pilot.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.api.run.Appended;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.HeartbeatRequest;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.run.RunState;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Page;
import dev.pilot.http.HubServer.Reply;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.WireType;
import dev.pilot.wire.route.EventRoutes;
import dev.pilot.wire.run.LeaseHeader;
import dev.pilot.wire.run.Leases;
import dev.pilot.wire.run.Reports;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RunsOverHttpTest {
    private static final AtomicInteger NEXT = new AtomicInteger();

    @TempDir
    static Path directory;

    private static HubServer server;

    @BeforeAll
    static void start() {
        server = HubServer.start(directory);
        server.post("/api/projects", "{\"id\":\"p\",\"name\":\"P\"}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A label of its own, so that tests don't claim each other's runs. */
    private static String label() {
        return "label-" + NEXT.incrementAndGet();
    }

    private static Run create(String label) {
        Reply reply = server.post(
                "/api/runs",
                "{\"projectId\":\"p\",\"goal\":\"g\",\"profile\":{\"command\":[\"true\"]},\"labels\":[\"" + label
                        + "\"]}");
        assertEquals(201, reply.status(), reply::text);
        return reply.as(Run.class);
    }

    private static String claimBody(String label, Duration wait) {
        return WireCodec.writeText(ClaimRequest.builder(new dev.pilot.api.id.WorkerId("w-" + label))
                .labels(Set.of(label))
                .waitFor(wait)
                .build());
    }

    private static Lease claim(String label) {
        Reply reply = server.post(
                "/api/runs/claim", claimBody(label, Duration.ZERO), "Authorization", "Bearer " + HubServer.WORKER);
        assertEquals(200, reply.status(), reply::text);
        return WireCodec.read(reply.response().body(), WireType.pageOf(dev.pilot.api.run.Assignment.class))
                .items()
                .get(0)
                .run()
                .lease();
    }

    @Test
    void aWorkerCarriesARunFromClaimToReport() {
        String label = label();
        Run run = create(label);
        Lease lease = claim(label);
        String path = "/api/runs/" + run.id();
        String[] held = {LeaseHeader.NAME, LeaseHeader.of(lease)};

        Reply started = server.post(path + "/started", "{\"branch\":\"b\",\"baseCommit\":\"c\"}", held);
        assertEquals(200, started.status(), started::text);

        Reply out = server.send(
                "POST",
                path + "/output?stream=stdout&offset=0",
                BodyPublishers.ofString("hello\n"),
                LeaseHeader.NAME,
                held[1],
                "Content-Type",
                "application/octet-stream");
        assertEquals("{\"size\":6}", out.text());
        Reply gap = server.send("POST", path + "/output?stream=stdout&offset=60", BodyPublishers.ofString("x"), held);
        assertEquals(400, gap.status());
        assertEquals("output-gap", gap.problem().code());
        Reply read = server.get(path + "/output?stream=stdout&from=1&limit=3");
        assertEquals("ell", read.text());
        assertEquals("6", read.header("Pilot-Output-Size"));
        assertEquals("1", read.header("Pilot-Output-From"));
        assertEquals("1", read.header("Pilot-Attempt"));
        assertEquals("application/octet-stream", read.header("Content-Type"));

        Reply kept = server.send(
                "POST",
                path + "/artifacts?kind=report&name=r%20%C3%A9.txt&data=%7B%22a%22%3A1%7D",
                BodyPublishers.ofString("the report"),
                LeaseHeader.NAME,
                held[1],
                "Content-Type",
                "text/plain");
        assertEquals(201, kept.status(), kept::text);
        Artifact artifact = kept.as(Artifact.class);
        assertEquals("r é.txt", artifact.name());
        assertEquals(Json.object("a", 1), artifact.data());
        assertEquals(artifact, server.get(kept.header("Location")).as(Artifact.class));
        Reply content = server.get(kept.header("Location") + "/content");
        assertEquals("the report", content.text());
        assertEquals("text/plain", content.header("Content-Type"));
        assertEquals("attachment; filename*=UTF-8''r%20%C3%A9.txt", content.header("Content-Disposition"));

        assertEquals(
                200, server.post(path + "/usage", "{\"inputTokens\":5}", held).status());
        assertEquals(
                200, server.post(path + "/events", "{\"title\":\"step\"}", held).status());
        Reply beat = server.post(
                "/api/runs/heartbeat",
                WireCodec.writeText(new HeartbeatRequest(lease.workerId(), List.of(lease), Duration.ofSeconds(30))));
        assertTrue(beat.text().contains("\"held\":true"), beat::text);
        assertEquals(200, server.call("POST", path + "/gates", null, held).status());

        Reply report = server.post(
                "/api/runs/report",
                WireCodec.writeText(new Reports(List.of(FinishRun.builder(lease, RunResult.SUCCEEDED)
                        .exitCode(0)
                        .build()))));
        assertEquals(200, report.status(), report::text);
        assertEquals(RunState.SUCCEEDED, server.get(path).as(Run.class).state());

        Reply late = server.post(path + "/usage", "{\"inputTokens\":5}", held);
        assertEquals(409, late.status());
        assertEquals("lease-lost", late.problem().kind());
        assertEquals(run.id().value(), late.problem().runId());
        assertTrue(server.get(path + "/events").text().contains("\"title\":\"step\""));
        assertTrue(server.get("/api/workers").text().contains(lease.workerId().value()));
        assertEquals(
                1,
                ((Json.Arr) server.get(path + "/attempts").json().get("items"))
                        .items()
                        .size());
    }

    @Test
    void aClaimWaitsWithoutAThreadUntilThereIsARun() throws Exception {
        String label = label();
        CompletableFuture<Reply> waiting = CompletableFuture.supplyAsync(
                () -> server.post("/api/runs/claim", claimBody(label, Duration.ofSeconds(50))));
        Run run = create(label);
        assertTrue(waiting.get(60, TimeUnit.SECONDS).text().contains(run.id().value()));
    }

    @Test
    void aStopAnswersClaimsThatWaitAndGivesBackWhatCameTooLate() throws Exception {
        String label = label();
        try (PilotServer second = HubServer.serve(server.hub().door(), config -> config)) {
            CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> {
                try (java.net.Socket socket = new java.net.Socket("127.0.0.1", second.port())) {
                    String body = claimBody(label, Duration.ofSeconds(50));
                    socket.getOutputStream()
                            .write(
                                    ("POST /api/runs/claim HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                                    + "Authorization: Bearer " + HubServer.ADMIN
                                                    + "\r\nContent-Length: " + body.length()
                                                    + "\r\nConnection: close\r\n\r\n" + body)
                                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    return new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            // The worker is known to the hub as soon as its claim has begun.
            await().until(() -> server.get("/api/workers").text().contains("w-" + label));
            second.close();
            String answer = waiting.get(60, TimeUnit.SECONDS);
            assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
            assertTrue(answer.endsWith("{\"items\":[]}"), answer);
        }
        Run run = create(label);
        Reply found = server.post("/api/runs/claim", claimBody(label, Duration.ofSeconds(40)));
        assertTrue(found.text().contains(run.id().value()), found::text);
    }

    @Test
    void decisionsAreTakenOnceOverTheInbox() {
        Reply created = server.post(
                "/api/runs",
                "{\"projectId\":\"p\",\"goal\":\"g\",\"profile\":{\"command\":[\"true\"]},\"labels\":[\"never\"],\"policy\":{\"approval\":true}}");
        String run = created.json().text("id");
        Json.Arr inbox = (Json.Arr) server.get("/api/inbox?runId=" + run).json().get("items");
        String approval = Objects.requireNonNull(
                        (Json.Obj) ((Json.Obj) inbox.items().get(0)).get("approval"))
                .text("id");
        String path = "/api/approvals/" + approval + "/decision";
        assertEquals(200, server.post(path, "{\"verdict\":\"approve\"}").status());
        Reply again = server.post(path, "{\"verdict\":\"reject\"}");
        assertEquals(409, again.status());
        assertEquals("already-decided", again.problem().code());
        assertEquals("QUEUED", server.get("/api/runs/" + run).json().text("state"));
        Reply cancelled = server.call("POST", "/api/runs/" + run + "/cancel", null);
        assertEquals("CANCELLED", cancelled.json().text("state"), cancelled::text);
        Reply retry = server.call("POST", "/api/runs/" + run + "/retry", null);
        assertEquals(409, retry.status());
        assertEquals("illegal-transition", retry.problem().code());
    }

    @Test
    void eventsComeAsOneAsAListOrInLines() {
        String one = "{\"subject\":{\"type\":\"thing\",\"id\":\"x\"},\"title\":\"t\",\"id\":\"e-1\"}";
        assertEquals(
                "{\"events\":[{\"value\":\"e-1\",\"isNew\":true}]}",
                server.post("/api/events", one).text());
        Reply list = server.post("/api/events", " { \"events\" : [" + one + "," + one.replace("e-1", "e-2") + "]}");
        assertEquals(
                "{\"events\":[{\"value\":\"e-1\",\"isNew\":false},{\"value\":\"e-2\",\"isNew\":true}]}", list.text());

        StringBuilder lines = new StringBuilder("\r\n");
        for (int i = 0; i < 1_234; i++) {
            lines.append(one.replace("e-1", "line-" + i)).append(i % 2 == 0 ? "\n" : "\r\n\n");
        }
        Reply many = server.post("/api/events", lines.toString(), "Content-Type", "application/x-ndjson");
        assertEquals(200, many.status(), many::text);
        Appended appended = many.as(Appended.class);
        assertEquals(1_234, appended.events().size());
        assertEquals("line-1233", appended.events().get(1_233).value().value());
        assertTrue(appended.events().stream().allMatch(event -> event.isNew()));

        Reply bad = server.post("/api/events", one + "\n\n{\"subject\":7}\n", "Content-Type", "application/x-ndjson");
        assertEquals(400, bad.status());
        assertEquals("lines[3].subject", bad.problem().fields().get(0).field());
        assertEquals("1", bad.header(EventRoutes.ACCEPTED));
        Reply tooMany = server.post("/api/events", "{\"events\":[" + (one + ",").repeat(1_000) + one + "]}");
        assertEquals(400, tooMany.status(), tooMany::text);
    }

    /** Whatever is wrong with a line, all before it is in, and the sender goes on right there. */
    @Test
    void aBrokenLineSaysHowManyBeforeItAreAppended() {
        String subject = "{\"subject\":{\"type\":\"thing\",\"id\":\"lines\"},\"title\":\"";
        for (String wrong : List.of(
                "{\"subject\":7}",
                "no json",
                subject + "x\",\"type\":\"UPPER CASE\"}",
                subject + "x".repeat(2 << 20) + "\"}")) {
            for (int good : new int[] {0, 1, 499, 500, 501, 777}) {
                StringBuilder lines = new StringBuilder();
                for (int i = 0; i < good; i++) {
                    lines.append(subject).append(i).append("\"}\n");
                }
                long before = server.hub().events().lastPosition();
                lines.append(wrong).append('\n').append(subject).append("behind\"}\n");
                Reply reply = server.post("/api/events", lines.toString(), "Content-Type", "application/x-ndjson");
                assertEquals(400, reply.status(), reply::text);
                assertEquals(Integer.toString(good), reply.header(EventRoutes.ACCEPTED));
                String blamed = "lines[" + (good + 1) + "]";
                assertTrue(reply.problem().fields().get(0).field().startsWith(blamed), reply::text);
                List<String> titles = server.hub().events().list(EventFilter.ALL, before, 1_000).items().stream()
                        .filter(event -> event.subject().id().equals("lines"))
                        .map(dev.pilot.api.run.Event::title)
                        .toList();
                assertEquals(
                        IntStream.range(0, good).mapToObj(Integer::toString).toList(), titles);
            }
        }
    }

    @Test
    void eventsOfARunNeedNotSaySo() {
        Run run = create(label());
        String path = "/api/runs/" + run.id() + "/events";
        assertEquals(200, server.post(path, "{\"title\":\"plain\"}").status());
        assertEquals(
                200, server.post(path, "{\"events\":[{\"title\":\"listed\"}]}").status());
        assertEquals(
                200,
                server.post(path, "{\"title\":\"line\"}\n", "Content-Type", "application/x-ndjson")
                        .status());
        assertEquals(
                400, server.post(path, "{\"title\":\"x\",\"runId\":\"other\"}").status());
        Page<dev.pilot.api.run.Event> events = WireCodec.read(
                server.get(path + "?type=note").response().body(), WireType.pageOf(dev.pilot.api.run.Event.class));
        assertEquals(
                List.of("plain", "listed", "line"),
                events.items().stream().map(dev.pilot.api.run.Event::title).toList());
        assertTrue(events.items().stream().allMatch(event -> run.id().equals(event.runId())));
        assertEquals(
                server.hub().events().lastPosition(),
                server.get("/api/events/position").json().number("position", -1));
    }

    @Test
    void aWriteWithoutALeaseIsRefused() {
        Run run = create(label());
        String path = "/api/runs/" + run.id() + "/gates";
        assertEquals(
                "Pilot-Lease",
                server.call("POST", path, null).problem().fields().get(0).field());
        for (String wrong : List.of("", "1", ";w", "x;w", "1;", "1;a b", "99999999999;w")) {
            assertEquals(
                    400,
                    server.call("POST", path, null, LeaseHeader.NAME, wrong).status(),
                    wrong);
        }
        assertEquals(
                409, server.call("POST", path, null, LeaseHeader.NAME, "1;w").status());
        assertEquals(
                404,
                server.call("POST", "/api/runs/none/gates", null, LeaseHeader.NAME, "1;w")
                        .status());
    }

    @Test
    void whatIsGivenBackIsQueuedAgain() {
        String label = label();
        Run run = create(label);
        Lease lease = claim(label);
        Reply released = server.post("/api/runs/release", WireCodec.writeText(new Leases(List.of(lease))));
        assertEquals(200, released.status(), released::text);
        assertEquals(
                RunState.QUEUED,
                server.get("/api/runs/" + run.id()).as(Run.class).state());
        Reply again = server.post("/api/runs/release", WireCodec.writeText(new Leases(List.of(lease))));
        assertTrue(again.text().contains("lease-lost"), again::text);
    }
}
