package dev.pilot.bench.follow;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pilot.bench.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Many connections that follow events, read by one thread. A few are looked at event by event: when each was sent and how many there are.
 * Of the others only the bytes are counted: all get the same. For one thread.
 */
final class Subscribers implements AutoCloseable {
    private static final int SAMPLED = 10;
    private static final byte[] MARK = "\"sent ".getBytes(US_ASCII);
    private static final int DIGITS = 16;
    private static final int LESS_THAN_AN_EVENT = 200;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(15);
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(100);

    private final Selector selector = Selector.open();
    private final List<Subscriber> all = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 18);
    private final List<Long> latencies = new ArrayList<>();

    /** One connection. */
    private final class Subscriber {
        private final boolean sampled;
        private long bytes;
        private int events;
        private int matched;
        private int digits = -1;
        private long sent;

        private Subscriber(boolean sampled) {
            this.sampled = sampled;
        }

        private void take(byte[] from, int length) {
            bytes += length;
            if (!sampled) {
                return;
            }
            long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
            for (int i = 0; i < length; i++) {
                byte b = from[i];
                if (digits >= 0) {
                    sent = sent * 10 + (b - '0');
                    if (++digits == DIGITS) {
                        digits = -1;
                        events++;
                        latencies.add(now - sent);
                    }
                } else if (b == MARK[matched]) {
                    if (++matched == MARK.length) {
                        matched = 0;
                        digits = 0;
                        sent = 0;
                    }
                } else {
                    matched = b == MARK[0] ? 1 : 0;
                }
            }
        }
    }

    Subscribers(ServerProcess server, int count) throws IOException {
        byte[] request = ("GET /api/events/stream HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer "
                        + FollowServer.TOKEN + "\r\n\r\n")
                .getBytes(US_ASCII);
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()));
            channel.write(ByteBuffer.wrap(request));
            channel.configureBlocking(false);
            Subscriber subscriber = new Subscriber(i % Math.max(1, count / SAMPLED) == 0);
            channel.register(selector, SelectionKey.OP_READ, subscriber);
            all.add(subscriber);
            poll(1);
        }
        // All follow when each has got its first bytes.
        while (all.stream().anyMatch(subscriber -> subscriber.bytes == 0)) {
            poll(1_000);
        }
        all.forEach(subscriber -> subscriber.bytes = 0);
    }

    /** Reads until each has got so many events, or nothing has come for long. Answers how many events came, to all together. */
    double read(int events) throws IOException {
        long last = System.nanoTime();
        long looked = last;
        boolean done = false;
        while (!done && System.nanoTime() - last < PATIENCE) {
            if (poll(100) > 0) {
                last = System.nanoTime();
            }
            if (System.nanoTime() - looked > LOOK_EVERY) {
                looked = System.nanoTime();
                done = all.stream().noneMatch(subscriber -> subscriber.sampled && subscriber.events < events)
                        && missing(events) == 0;
            }
        }
        double sampled = all.stream()
                .filter(subscriber -> subscriber.sampled)
                .mapToInt(subscriber -> subscriber.events)
                .average()
                .orElse(0);
        return Math.min(sampled * all.size(), (double) events * all.size() - missing(events));
    }

    /** How many events some have not got that another has: all get the same bytes, but for what comes before the first event. */
    private double missing(int events) {
        long whole =
                all.stream().mapToLong(subscriber -> subscriber.bytes).max().orElse(0);
        return all.stream()
                .mapToLong(subscriber -> whole - subscriber.bytes)
                .filter(bytes -> bytes > LESS_THAN_AN_EVENT)
                .mapToDouble(bytes -> (double) events * bytes / whole)
                .sum();
    }

    /** In milliseconds. */
    double p99() {
        long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)] / 1e3;
    }

    private int poll(int millis) throws IOException {
        return selector.select(this::readFrom, millis);
    }

    private void readFrom(SelectionKey key) {
        try {
            buffer.clear();
            int count = ((SocketChannel) key.channel()).read(buffer);
            if (count < 0) {
                // It was cut off; what it has not got will be missing.
                key.channel().close();
                return;
            }
            ((Subscriber) key.attachment()).take(buffer.array(), count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : List.copyOf(selector.keys())) {
            key.channel().close();
        }
        selector.close();
    }
}
