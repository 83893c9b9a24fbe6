package dev.pilot.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.api.run.Event;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Page;
import dev.pilot.http.HubServer.Reply;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.WireType;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EventWaitTest {
    @TempDir
    static Path directory;

    private static HubServer server;

    @BeforeAll
    static void start() {
        server = HubServer.start(directory, config -> config.threads(8));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void append(String subject) {
        server.hub()
                .events()
                .append(List.of(NewEvent.builder(new Subject("thing", subject))
                        .title("it")
                        .build()))
                .toCompletableFuture()
                .join();
    }

    private static String path(String subject, long after, int wait) {
        return "/api/events?subjectType=thing&subjectId=" + subject + "&after=" + after + "&waitMs=" + wait;
    }

    private static Page<Event> page(Reply reply) {
        assertEquals(200, reply.status(), reply::text);
        return WireCodec.read(reply.response().body(), WireType.pageOf(Event.class));
    }

    @Test
    void whatIsThereComesAtOnceAndNothingComesInTime() {
        append("there");
        Page<Event> there = page(server.get(path("there", 0, 60_000)));
        assertEquals(1, there.items().size());
        long after = there.items().get(0).position();
        long start = System.nanoTime();
        assertTrue(page(server.get(path("there", after, 300))).items().isEmpty());
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(300).toNanos());
        assertTrue(
                page(server.get(path("there", after + 1_000_000, 50))).items().isEmpty());
        assertEquals(400, server.get(path("there", 0, -1)).status());
    }

    @Test
    void moreWaitThanThereAreThreadsAndAllAreAnsweredByTheirEvent() throws Exception {
        CountDownLatch waits = new CountDownLatch(30);
        CountDownLatch over = new CountDownLatch(30);
        HubServer own = server;
        try (PilotServer second = HubServer.serve(
                credentials -> EventStreamTest.noticing(own.hub().door().admit(credentials), waits, over),
                config -> config.threads(8))) {
            List<Socket> waiting = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                Socket socket = new Socket("127.0.0.1", second.port());
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write(request("many"));
                waiting.add(socket);
            }
            assertTrue(waits.await(60, TimeUnit.SECONDS), "not all wait");
            append("other");
            append("many");
            for (Socket socket : waiting) {
                String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
                assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
                assertTrue(answer.contains("\"id\":\"many\""), answer);
                assertFalse(answer.contains("\"id\":\"other\""), answer);
                socket.close();
            }
            assertTrue(over.await(60, TimeUnit.SECONDS), "somebody still follows");
        }
    }

    @Test
    void aStoppedServerAnswersThoseWhoWait() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        HubServer own = server;
        try (PilotServer second = HubServer.serve(
                        credentials -> EventStreamTest.noticing(
                                own.hub().door().admit(credentials), waits, new CountDownLatch(1)),
                        config -> config);
                Socket socket = new Socket("127.0.0.1", second.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request("never"));
            assertTrue(waits.await(60, TimeUnit.SECONDS), "it does not wait");
            second.close();
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertTrue(answer.contains("\"items\":[]"), answer);
        }
    }

    private static byte[] request(String subject) {
        return ("GET " + path(subject, 0, 60_000) + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + HubServer.ADMIN + "\r\nConnection: close\r\n\r\n")
                .getBytes(US_ASCII);
    }
}
