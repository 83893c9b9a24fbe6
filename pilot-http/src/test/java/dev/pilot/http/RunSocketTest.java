package dev.pilot.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.api.project.CreateProject;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.Subject;
import dev.pilot.http.HubServer.Reply;
import dev.pilot.wire.WireCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RunSocketTest {
    private static final String HANDSHAKE = "GET %s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Extensions: permessage-deflate\r\nAuthorization: Bearer %s\r\n\r\n";

    @TempDir
    static Path directory;

    private static HubServer server;

    @BeforeAll
    static void start() {
        server = HubServer.start(
                directory, config -> config.heartbeat(Duration.ofMillis(200)).tokenWait(Duration.ofSeconds(2)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Run run() {
        var project = server.hub().projects().create(CreateProject.named("p"));
        return server.hub()
                .runs()
                .create(CreateRun.forProject(project.id(), "goal")
                        .profile(RunProfile.builder().command(List.of("true")).build())
                        .build());
    }

    private static void append(Run run, int from, int to, String message) {
        List<NewEvent> events = new ArrayList<>();
        for (int i = from; i < to; i++) {
            events.add(NewEvent.builder(Subject.run(run.id()))
                    .runId(run.id())
                    .title("number " + i)
                    .message(message)
                    .build());
        }
        server.hub().events().append(events).toCompletableFuture().join();
    }

    private static List<Event> all(Run run) {
        return server.hub().events().list(EventFilter.of(run.id()), 0, 1_000).items();
    }

    private static String path(Run run) {
        return "/ws/runs/" + run.id();
    }

    @Test
    void theSocketTellsWhatTheStreamTells() throws Exception {
        Run run = run();
        append(run, 0, 5, "ü😀\n\"x\"");
        try (SocketClient socket = SocketClient.asAdmin(server.server(), path(run));
                SseClient stream = SseClient.open(server, "/api/runs/" + run.id() + "/events/stream")) {
            append(run, 5, 10, "");
            int count = all(run).size();
            for (int i = 0; i < count; i++) {
                SseClient.Frame frame = stream.next();
                while (frame != null && frame.data() == null) {
                    frame = stream.next();
                }
                assertNotNull(frame);
                assertEquals(frame.data(), socket.next());
            }
        }
    }

    @Test
    void aSocketGoesOnBehindAnyPosition() throws Exception {
        Run run = run();
        append(run, 0, 6, "");
        List<Event> all = all(run);
        for (int from = 0; from < all.size(); from++) {
            long after = from == 0 ? 0 : all.get(from - 1).position();
            try (SocketClient socket = SocketClient.asAdmin(server.server(), path(run) + "?after=" + after)) {
                assertEquals(all.subList(from, all.size()), socket.events(all.size() - from));
            }
        }
    }

    @Test
    void aPageShowsItsTokenInTheFirstMessage() throws Exception {
        Run run = run();
        try (SocketClient socket = new SocketClient(server.server(), path(run))) {
            socket.say("{\"token\":\"" + HubServer.AGENT + "\"}");
            assertEquals(all(run), socket.events(all(run).size()));
        }
    }

    @Test
    void whoeverMayNotIsToldWhy() throws Exception {
        Run run = run();
        assertEquals("4401 unauthenticated", refusal(path(run), "{\"token\":\"wrong-token-of-somebody\"}"));
        assertEquals("4404 not-found", refusal("/ws/runs/none", "{\"token\":\"" + HubServer.ADMIN + "\"}"));
        assertEquals("4400 invalid", refusal(path(run), "{\"tokens\":1}"));
        assertTrue(refusal(path(run), "not json").startsWith("4400 "));
        assertEquals("4401 no-token", refusal(path(run), null));
    }

    private static String refusal(String path, @Nullable String message) throws Exception {
        try (SocketClient socket = new SocketClient(server.server(), path)) {
            if (message != null) {
                socket.say(message);
            }
            return socket.whyClosed();
        }
    }

    @Test
    void aWrongTokenInTheHeaderIsAProblemBeforeThereIsASocket() {
        assertEquals(401, status("/ws/runs/none", "wrong-token-of-somebody"));
        assertEquals(404, status("/ws/runs/none", HubServer.ADMIN));
        assertEquals(400, status(path(run()) + "?after=x", HubServer.ADMIN));
        assertEquals(400, status(path(run()) + "?token=" + HubServer.ADMIN, HubServer.ADMIN));
        Reply plain = server.get(path(run()));
        assertEquals(426, plain.status());
        assertEquals("upgrade-required", plain.problem().code());
        assertEquals("websocket", plain.header("Upgrade"));
    }

    private static int status(String path, String token) {
        CompletionException refused = assertThrows(
                CompletionException.class,
                () -> new SocketClient(server.server(), path, "Authorization", "Bearer " + token).close());
        return ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
    }

    @Test
    void aStrangePageGetsNoSocket() throws IOException {
        String asked = HANDSHAKE.formatted(path(run()), HubServer.ADMIN);
        String answer = server.raw(asked.replace("Upgrade: ", "Origin: https://evil.example\r\nUpgrade: "));
        assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
        String broken = server.raw(asked.replace("Version: 13", "Version: 7"));
        assertTrue(broken.startsWith("HTTP/1.1 400"), broken);
    }

    @Test
    void aPositionThatTheLogNeverGaveIsSaidToBeAReset() throws Exception {
        Run run = run();
        String epoch = server.hub().system().meta().epoch();
        String reset = "{\"reset\":{\"epoch\":\"" + epoch + "\"}}";
        try (SocketClient socket = SocketClient.asAdmin(server.server(), path(run) + "?after=1000000");
                SocketClient other = SocketClient.asAdmin(server.server(), path(run) + "?after=1&epoch=another");
                SocketClient same = SocketClient.asAdmin(server.server(), path(run) + "?after=0&epoch=" + epoch);
                SseClient stream = SseClient.open(server, "/api/runs/" + run.id() + "/events/stream?after=1000000")) {
            assertEquals(reset, socket.next());
            assertEquals(all(run), socket.events(all(run).size()));
            assertEquals(reset, other.next());
            assertEquals(all(run), other.events(all(run).size()));
            assertEquals(all(run), same.events(all(run).size()));
            assertEquals(new SseClient.Frame(null, "reset", "{\"epoch\":\"" + epoch + "\"}", null), stream.next());
        }
    }

    @Test
    void aQuietSocketIsPinged() throws Exception {
        Run run = run();
        try (SocketClient socket = SocketClient.asAdmin(server.server(), path(run) + "?type=never")) {
            socket.awaitPings(8, Duration.ofSeconds(60));
        }
    }

    @Test
    void aStoppedServerSaysSo() throws Exception {
        Run run = run();
        try (PilotServer second = HubServer.serve(server.hub().door(), config -> config);
                SocketClient socket = SocketClient.asAdmin(second, path(run))) {
            socket.events(all(run).size());
            second.close();
            assertEquals("1001 stopping", socket.whyClosed());
        }
    }

    @Test
    void cutAtAnyByteItGoesOnWhereItWas() throws Exception {
        Run run = run();
        append(run, 0, 3, "some text");
        List<Event> all = all(run);
        int length = bytesOf(path(run) + "?after=0", Integer.MAX_VALUE, all.size()).length;
        for (int cut = 0; cut < length; cut += 1 + length / 25) {
            List<Event> seen = events(bytesOf(path(run) + "?after=0", cut, all.size()));
            long last = seen.isEmpty() ? 0 : seen.get(seen.size() - 1).position();
            seen.addAll(events(bytesOf(path(run) + "?after=" + last, Integer.MAX_VALUE, all.size() - seen.size())));
            assertEquals(all, seen, "cut after " + cut + " bytes");
        }
    }

    /** What comes over the wire after the handshake: so many bytes, or until so many events are here. */
    private static byte[] bytesOf(String path, int most, int events) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 13];
        try (Socket socket = server.connect()) {
            InputStream in = open(socket, path);
            while (got.size() < most && events(got.toByteArray()).size() < events) {
                int count = in.read(buffer, 0, Math.min(buffer.length, most - got.size()));
                assertTrue(count >= 0, "it ended");
                got.write(buffer, 0, count);
            }
        }
        return got.toByteArray();
    }

    private static InputStream open(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(HANDSHAKE.formatted(path, HubServer.ADMIN).getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            assertTrue(b >= 0, () -> "no handshake: " + head);
            head.append((char) b);
        }
        assertTrue(head.toString().startsWith("HTTP/1.1 101"), head::toString);
        assertTrue(head.indexOf("permessage-deflate") < 0, "compressed for each connection");
        return in;
    }

    /** The events of all whole frames; pings are left out. */
    private static List<Event> events(byte[] bytes) throws IOException {
        List<Event> events = new ArrayList<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        while (in.available() >= 2) {
            int kind = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                if (in.available() < 2) {
                    break;
                }
                length = in.readUnsignedShort();
            }
            if (in.available() < length) {
                break;
            }
            byte[] payload = in.readNBytes(length);
            if (kind == 0x81) {
                events.add(WireCodec.read(payload, Event.class));
            }
        }
        return events;
    }

    @Test
    void aReaderThatDoesNotReadIsCutOffAndTheOthersGoOn() throws Exception {
        Run run = run();
        CountDownLatch cutOff = new CountDownLatch(1);
        try (PilotServer second = HubServer.serve(
                        credentials ->
                                EventStreamTest.noticing(server.hub().door().admit(credentials), cutOff),
                        config -> config.slowReader(Duration.ofSeconds(4)).heartbeat(Duration.ofMillis(200)));
                Socket slow = new Socket();
                SocketClient quick = SocketClient.asAdmin(server.server(), path(run))) {
            slow.setReceiveBufferSize(4_096);
            slow.setSoTimeout(60_000);
            slow.connect(new InetSocketAddress("127.0.0.1", second.port()));
            InputStream in = open(slow, path(run));
            // From then on the server waits for 4 s that the reason is taken, whatever else goes on here.
            CompletableFuture<byte[]> taken = CompletableFuture.supplyAsync(() -> restOf(in, cutOff));
            int known = all(run).size();
            for (int from = 0; from < 1_000; from += 50) {
                append(run, from, from + 50, "x".repeat(10_000));
            }
            List<Event> got = quick.events(known + 1_000);
            assertEquals("number 999", got.get(got.size() - 1).title());
            byte[] rest = taken.get(60, TimeUnit.SECONDS);
            assertTrue(rest.length < 1_000 * 10_000, "all of it came");
            byte[] reason = "slow-reader".getBytes(StandardCharsets.US_ASCII);
            int at = rest.length - reason.length - 4;
            assertArrayEquals(reason, Arrays.copyOfRange(rest, at + 4, rest.length), "it is told why");
            assertEquals(0x88, rest[at] & 0xff);
            assertEquals(4408, (rest[at + 2] & 0xff) << 8 | rest[at + 3] & 0xff);
        }
    }

    private static byte[] restOf(InputStream in, CountDownLatch cutOff) {
        try {
            assertTrue(cutOff.await(60, TimeUnit.SECONDS), "the slow reader was not given up");
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
