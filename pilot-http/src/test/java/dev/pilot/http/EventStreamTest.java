package dev.pilot.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.api.Pilot;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Registration;
import dev.pilot.http.SseClient.Frame;
import dev.pilot.wire.WireCodec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
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
class EventStreamTest {
    @TempDir
    static Path directory;

    private static HubServer server;

    @BeforeAll
    static void start() {
        server = HubServer.start(
                directory, config -> config.heartbeat(Duration.ofMillis(200)).slowReader(Duration.ofMinutes(1)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void append(String subject, int from, int to, String message) {
        List<NewEvent> events = new ArrayList<>();
        for (int i = from; i < to; i++) {
            events.add(NewEvent.builder(new Subject("thing", subject))
                    .title("number " + i)
                    .message(message)
                    .build());
        }
        server.hub().events().append(events).toCompletableFuture().join();
    }

    private static Frame event(SseClient client) throws Exception {
        Frame frame = client.next();
        while (frame != null && frame.comment() != null) {
            frame = client.next();
        }
        assertNotNull(frame, "the stream ended");
        assertEquals("event", frame.name());
        return frame;
    }

    @Test
    void aStreamCutAnywhereGoesOnWhereItWas() throws Exception {
        append("cut", 0, 12, "");
        List<Event> all = server.hub()
                .events()
                .list(new EventFilter(new Subject("thing", "cut"), null, null, null), 0, 100)
                .items();
        String path = "/api/events/stream?subjectType=thing&subjectId=cut";
        for (int cut = 0; cut < all.size(); cut++) {
            String last = "0";
            List<Event> seen = new ArrayList<>();
            try (SseClient first = SseClient.open(server, path + "&after=0")) {
                assertEquals("text/event-stream", first.header("Content-Type"));
                assertEquals(server.hub().system().meta().epoch(), first.header("Pilot-Epoch"));
                for (int i = 0; i < cut; i++) {
                    Frame frame = event(first);
                    last = frame.id();
                    seen.add(WireCodec.read(frame.data(), Event.class));
                }
            }
            // The header goes before the query: a browser repeats the query as it was.
            try (SseClient second = SseClient.open(server, path + "&after=0", "Last-Event-ID", last)) {
                while (seen.size() < all.size()) {
                    seen.add(WireCodec.read(event(second).data(), Event.class));
                }
            }
            assertEquals(all, seen, "cut after " + cut);
        }
    }

    @Test
    void withoutAPositionOnlyWhatHappensFromNowOnComes() throws Exception {
        append("before", 0, 3, "");
        try (SseClient client =
                SseClient.open(server, "/api/events/stream?type=note&subjectType=thing&subjectId=now")) {
            append("now", 0, 1, "");
            assertTrue(event(client).data().contains("\"id\":\"now\""));
        }
    }

    @Test
    void aQuietStreamShowsThatItLives() throws Exception {
        try (SseClient client = SseClient.open(server, "/api/events/stream?type=never")) {
            assertEquals("alive", client.next().comment());
            assertEquals("alive", client.next().comment());
        }
    }

    @Test
    void aReaderThatDoesNotReadIsCutOffAndHoldsNobodyUp() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        HubServer own = server;
        try (PilotServer second = HubServer.serve(
                        credentials -> noticing(own.hub().door().admit(credentials), closed),
                        config -> config.slowReader(Duration.ofSeconds(1)));
                Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress("127.0.0.1", second.port()));
            ask(socket, "/api/events/stream?after=0&subjectType=thing&subjectId=slow");
            try (SseClient quick =
                    SseClient.open(server, "/api/events/stream?after=0&subjectType=thing&subjectId=slow")) {
                for (int from = 0; from < 1_000; from += 50) {
                    append("slow", from, from + 50, "x".repeat(10_000));
                    for (int i = from; i < from + 50; i++) {
                        assertTrue(event(quick).data().contains("number " + i + "\""));
                    }
                }
            }
            assertTrue(closed.await(60, TimeUnit.SECONDS), "the slow reader was not given up");
            assertTrue(drain(socket) < 1_000L * 10_000, "all of it came");
        }
    }

    /** How much the buffers held when the connection was closed. */
    private static long drain(Socket socket) throws Exception {
        long got = 0;
        byte[] buffer = new byte[1 << 16];
        try {
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                got += n;
            }
        } catch (SocketException e) {
            assertTrue(e.getMessage().contains("reset"), e::getMessage);
        }
        return got;
    }

    private static void ask(Socket socket, String path) throws Exception {
        socket.setSoTimeout(60_000);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + HubServer.ADMIN
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void whatCannotBeFollowedIsAProblemNotAStream() throws Exception {
        assertEquals(400, server.get("/api/events/stream?after=-1").status());
        assertEquals(400, server.get("/api/events/stream", "Last-Event-ID", "x").status());
        assertEquals(
                "subjectId",
                server.get("/api/events/stream?subjectType=a")
                        .problem()
                        .fields()
                        .get(0)
                        .field());
        assertEquals(404, server.get("/api/runs/none/events/stream").status());
        assertEquals(
                "application/problem+json",
                server.get("/api/runs/none/events/stream").header("Content-Type"));
    }

    @Test
    void aStoppedServerEndsItsStreamsAndTheReaderIsForgotten() throws Exception {
        CountDownLatch closed = new CountDownLatch(2);
        HubServer own = server;
        try (PilotServer second = HubServer.serve(
                credentials -> noticing(own.hub().door().admit(credentials), closed), config -> config)) {
            HttpStream first = new HttpStream(second);
            HttpStream other = new HttpStream(second);
            first.readUntil("retry:");
            other.readUntil("retry:");
            second.close();
            assertTrue(first.readUntil("event: end").contains("data: {}"));
            other.readUntil("event: end");
        }
        assertTrue(closed.await(30, TimeUnit.SECONDS), "the followers were not closed");
    }

    @Test
    void aReaderThatGoesAwayIsForgotten() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        HubServer own = server;
        try (PilotServer second = HubServer.serve(
                credentials -> noticing(own.hub().door().admit(credentials), closed),
                config -> config.heartbeat(Duration.ofMillis(50)))) {
            HttpStream stream = new HttpStream(second);
            stream.readUntil("retry:");
            stream.socket.close();
            assertTrue(closed.await(60, TimeUnit.SECONDS));
        }
    }

    /** A raw connection: what a stream's last bytes are is the server's doing alone. */
    private static final class HttpStream {
        private final Socket socket;
        private final StringBuilder text = new StringBuilder();

        HttpStream(PilotServer server) throws Exception {
            socket = new Socket("127.0.0.1", server.port());
            ask(socket, "/api/events/stream?type=never");
        }

        String readUntil(String expected) throws Exception {
            int at = text.indexOf(expected);
            while (at < 0 || text.indexOf("\n\n", at) < 0) {
                int b = socket.getInputStream().read();
                assertTrue(b >= 0, () -> "ended before " + expected + ": " + text);
                text.append((char) b);
                at = text.indexOf(expected);
            }
            return text.toString();
        }
    }

    /** The pilot itself, but it counts the followers that are closed. */
    static Pilot noticing(Pilot pilot, CountDownLatch closed) {
        return noticing(pilot, new CountDownLatch(0), closed);
    }

    /** The pilot itself, but it counts the followers that come and those that are closed. */
    static Pilot noticing(Pilot pilot, CountDownLatch opened, CountDownLatch closed) {
        return wrap(
                Pilot.class,
                pilot,
                "events",
                events -> wrap(
                        dev.pilot.api.run.Events.class, (dev.pilot.api.run.Events) events, "follow", registration -> {
                            Registration inner = (Registration) registration;
                            opened.countDown();
                            return (Registration) () -> {
                                inner.close();
                                closed.countDown();
                            };
                        }));
    }

    @SuppressWarnings("unchecked")
    private static <T> T wrap(Class<T> type, T inner, String method, java.util.function.UnaryOperator<Object> change) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, args) -> {
            try {
                Object answer = called.invoke(inner, args);
                return called.getName().equals(method) ? change.apply(answer) : answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    @Test
    void headOfAStreamEnds() {
        assertEquals(200, server.call("HEAD", "/api/events/stream", null).status());
        assertNull(server.call("HEAD", "/api/events/stream", null).header("Transfer-Encoding"));
    }
}
