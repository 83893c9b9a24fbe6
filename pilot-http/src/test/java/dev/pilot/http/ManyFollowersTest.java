package dev.pilot.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ManyFollowersTest {
    private static final int FOLLOWERS = 200;
    private static final int EVENTS = 300;
    private static final Pattern ID = Pattern.compile("(?m)^id: (\\d+)$");

    @TempDir
    Path directory;

    /** One follower's connection: the text that came, of which whole lines are looked at. */
    private static final class Follower {
        private final List<Long> positions = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        void take(ByteBuffer bytes) {
            text.append(UTF_8.decode(bytes));
            int end = text.lastIndexOf("\n\n");
            if (end >= 0) {
                Matcher ids = ID.matcher(text.substring(0, end));
                while (ids.find()) {
                    positions.add(Long.valueOf(ids.group(1)));
                }
                text.delete(0, end + 2);
            }
        }
    }

    @Test
    void allGetEverythingOnceAndInOrderThoughSomeComeLateAndOneDoesNotRead() throws Exception {
        try (HubServer server = HubServer.start(directory, config -> config.slowReader(Duration.ofSeconds(1)));
                Socket stuck = new Socket();
                Selector selector = Selector.open()) {
            stuck.setReceiveBufferSize(4_096);
            stuck.connect(new InetSocketAddress("127.0.0.1", server.server().port()));
            stuck.getOutputStream().write(request());
            List<Follower> followers = new ArrayList<>();
            Thread appending = new Thread(() -> append(server));
            for (int i = 0; i < FOLLOWERS; i++) {
                if (i == FOLLOWERS / 2) {
                    appending.start();
                }
                followers.add(follow(server, selector));
            }
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            while (followers.stream().anyMatch(follower -> follower.positions.size() < EVENTS)) {
                selector.select(key -> read(key, buffer), 1_000);
            }
            appending.join();
            List<Long> all = server.hub().events().list(EventFilter.ALL, 0, 1_000).items().stream()
                    .map(Event::position)
                    .toList();
            assertEquals(EVENTS, all.size());
            for (Follower follower : followers) {
                assertEquals(all, follower.positions);
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
    }

    private static byte[] request() {
        return ("GET /api/events/stream?after=0 HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer " + HubServer.ADMIN
                        + "\r\n\r\n")
                .getBytes(US_ASCII);
    }

    private static Follower follow(HubServer server, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(
                new InetSocketAddress("127.0.0.1", server.server().port()));
        ByteBuffer request = ByteBuffer.wrap(request());
        while (request.hasRemaining()) {
            channel.write(request);
        }
        channel.configureBlocking(false);
        Follower follower = new Follower();
        channel.register(selector, SelectionKey.OP_READ, follower);
        return follower;
    }

    private static void read(SelectionKey key, ByteBuffer buffer) {
        try {
            buffer.clear();
            assertTrue(((SocketChannel) key.channel()).read(buffer) >= 0, "a stream ended");
            ((Follower) key.attachment()).take(buffer.flip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(HubServer server) {
        for (int i = 0; i < EVENTS; i++) {
            String message = i % 50 == 0 ? "x".repeat(10_000) : "short";
            server.hub()
                    .events()
                    .append(List.of(NewEvent.builder(new Subject("thing", "many"))
                            .title("number " + i)
                            .message(message)
                            .build()))
                    .toCompletableFuture()
                    .join();
        }
    }
}
