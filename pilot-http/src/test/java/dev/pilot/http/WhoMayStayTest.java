package dev.pilot.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.api.access.CreateToken;
import dev.pilot.api.access.CreateUser;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.NewToken;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.access.UpdateUser;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Events;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunProfile;
import dev.pilot.http.HubServer.Reply;
import dev.pilot.http.SseClient.Frame;
import dev.pilot.wire.ErrorBody;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.route.EventRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What lasts, lasts no longer than what it was begun with. */
@Timeout(120)
class WhoMayStayTest {
    private static final String STREAM = "/api/events/stream";
    private static final String LINE =
            "{\"subject\":{\"type\":\"thing\",\"id\":\"x\"},\"title\":\"t\",\"type\":\"line\"}\n";

    @TempDir
    Path directory;

    private HubServer server;

    @BeforeEach
    void start() {
        server = HubServer.start(directory, config -> config.callerCheck(Duration.ofMillis(1)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private NewToken token(String name) {
        return token(name, Scope.READER);
    }

    private NewToken token(String name, Scope scope) {
        return server.hub().tokens().create(new CreateToken(name, Rights.of(scope)));
    }

    private SseClient follow(String token) throws Exception {
        return SseClient.openAs(token, server, STREAM);
    }

    /** What the stream says last, whatever was told before. */
    private static Frame end(SseClient stream) throws Exception {
        Frame last = null;
        for (Frame frame = stream.next(); frame != null; frame = stream.next()) {
            last = frame;
        }
        assertNotNull(last);
        assertEquals("end", last.name());
        return last;
    }

    private static String code(@Nullable String data) {
        return WireCodec.read(assertData(data), ErrorBody.class).code();
    }

    private static String assertData(@Nullable String data) {
        assertNotNull(data);
        return data;
    }

    @Test
    void aStreamEndsWithItsToken() throws Exception {
        NewToken revoked = token("revoked");
        NewToken other = token("other");
        try (SseClient ends = follow(revoked.secret());
                SseClient stays = follow(other.secret())) {
            server.hub().tokens().revoke(revoked.token().id());
            assertEquals("access-over", code(end(ends).data()));
            try (SseClient again = follow(revoked.secret())) {
                assertEquals(401, again.status());
            }

            assertEquals(
                    200,
                    server.post("/api/events", LINE.replace("\"t\"", "\"seen by who may\""))
                            .status());
            for (Frame frame = stays.next(); ; frame = stays.next()) {
                assertNotNull(frame);
                if (frame.data() != null && frame.data().contains("seen by who may")) {
                    break;
                }
            }
        }
    }

    @Test
    void aSocketEndsWithItsToken() throws Exception {
        NewToken revoked = token("revoked");
        try (SocketClient inHeader = new SocketClient(
                        server.server(), "/ws/runs/" + run().id(), "Authorization", "Bearer " + revoked.secret());
                SocketClient inMessage = new SocketClient(server.server(), "/ws/runs/" + run().id())) {
            inMessage.say("{\"token\":\"" + revoked.secret() + "\"}");
            inMessage.next();
            server.hub().tokens().revoke(revoked.token().id());
            assertEquals("1001 access-over", inHeader.whyClosed());
            assertEquals("1001 access-over", inMessage.whyClosed());
        }
    }

    private Run run() {
        var project = server.hub().projects().create(CreateProject.named("p"));
        return server.hub()
                .runs()
                .create(CreateRun.forProject(project.id(), "goal")
                        .profile(RunProfile.builder().command(List.of("true")).build())
                        .build());
    }

    @Test
    void aStreamEndsWhenItsUserMayLess() throws Exception {
        LogIn anna = new LogIn("anna", "correct horse battery");
        var user = server.hub().users().create(new CreateUser(anna.name(), anna.password(), Rights.of(Scope.OPERATOR)));
        String token = server.hub().door().logIn(anna, "here").accessToken();
        try (SseClient stream = follow(token)) {
            server.hub().users().update(user.id(), UpdateUser.NOTHING.rights(Rights.of(Scope.READER)));
            assertEquals("access-changed", code(end(stream).data()));
        }
        try (SseClient stream = follow(token)) {
            assertEquals(200, stream.status());
            server.hub().users().logOut(user.id());
            assertEquals("access-over", code(end(stream).data()));
        }
    }

    @Test
    void anUploadOfLinesEndsWithItsToken() throws Exception {
        NewToken revoked = token("revoked", Scope.AGENT);
        Events events = server.hub().events();
        long before = events.lastPosition();
        try (Socket socket = server.connect()) {
            say(
                    socket,
                    "POST /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + revoked.secret()
                            + "\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
            InputStream answer = socket.getInputStream();
            String batch = LINE.repeat(500);
            int sent = 0;
            while (sent < 50_000 && answer.available() == 0) {
                say(socket, Integer.toHexString(batch.length()) + "\r\n" + batch + "\r\n");
                sent += 500;
                while (answer.available() == 0 && events.lastPosition() - before < sent) {
                    Thread.onSpinWait();
                }
                if (sent == 500) {
                    server.hub().tokens().revoke(revoked.token().id());
                }
            }
            assertTrue(answer.available() > 0, "nobody has stopped it");
            String told = new String(answer.readAllBytes(), UTF_8);
            assertTrue(told.startsWith("HTTP/1.1 401"), told);
            long there = count(before);
            assertTrue(there >= 500, () -> "only " + there);
            assertTrue(told.contains(EventRoutes.ACCEPTED + ": " + there + "\r\n"), told);
        }
    }

    private long count(long before) {
        EventFilter lines = new EventFilter(null, null, null, "line");
        long count = 0;
        long after = before;
        while (true) {
            List<Event> page = server.hub().events().list(lines, after, 1_000).items();
            if (page.isEmpty()) {
                return count;
            }
            count += page.size();
            after = page.get(page.size() - 1).position();
        }
    }

    private static void say(Socket socket, String what) throws IOException {
        socket.getOutputStream().write(what.getBytes(UTF_8));
    }

    @Test
    void aBodyThatTakesItsTimeIsInVainIfItsTokenIsRevokedMeanwhile() throws Exception {
        NewToken revoked = token("revoked", Scope.OPERATOR);
        try (Socket socket = server.connect()) {
            String body = "{\"name\":\"late\"}";
            say(
                    socket,
                    "POST /api/projects HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + revoked.secret()
                            + "\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: "
                            + body.length() + "\r\n\r\n");
            String goOn = "HTTP/1.1 100 Continue\r\n\r\n";
            assertEquals(goOn, new String(socket.getInputStream().readNBytes(goOn.length()), UTF_8));
            server.hub().tokens().revoke(revoked.token().id());
            say(socket, body);
            String told = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertTrue(told.startsWith("HTTP/1.1 401"), told);
        }
        assertFalse(server.get("/api/projects").text().contains("late"));
    }

    @Test
    void aClaimThatWaitedIsAnsweredOnlyIfItsTokenStillHolds() throws Exception {
        NewToken revoked = token("revoked", Scope.WORKER);
        CompletableFuture<Reply> waiting =
                CompletableFuture.supplyAsync(() -> claim("first", "Bearer " + revoked.secret()));
        while (!server.get("/api/workers").text().contains("\"first\"")) {
            Thread.onSpinWait();
        }
        server.hub().tokens().revoke(revoked.token().id());
        Run run = run();
        assertEquals(401, waiting.get().status(), () -> waiting.join().text());
        Reply next = claim("second", "Bearer " + HubServer.WORKER);
        assertTrue(next.text().contains(run.id().value()), "it was given back at once: " + next.text());
    }

    private Reply claim(String worker, String authorization) {
        String wait = "{\"workerId\":\"" + worker + "\",\"limit\":1,\"waitFor\":\"PT20S\",\"lease\":\"PT60S\"}";
        return server.post("/api/runs/claim", wait, "Authorization", authorization);
    }
}
