package dev.pilot.bench.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The same request again and again over many connections, each with one under way at a time, by one thread: what a caller costs should be
 * little beside what the server does.
 */
final class Load {
    private static final long PATIENCE = TimeUnit.SECONDS.toMillis(60);
    private static final String LENGTH = "\r\ncontent-length:";

    private final byte[] request;
    private final long[] latencies;
    private int sent;
    private int answered;

    private Load(byte[] request, int requests) {
        this.request = request;
        this.latencies = new long[requests];
    }

    /**
     * How it went.
     *
     * @param perSecond requests answered in a second
     * @param p99 how long the hundredth part that took longest took at least, in milliseconds
     */
    record Result(double perSecond, double p99) {}

    /** A connection with one request under way. */
    private static final class Line {
        final SocketChannel channel;
        final ByteBuffer answer = ByteBuffer.allocate(1 << 20);
        long since;

        Line(SocketChannel channel) {
            this.channel = channel;
        }
    }

    static Result run(int port, byte[] request, int connections, int requests) throws IOException {
        return new Load(request, requests).run(port, connections);
    }

    private Result run(int port, int connections) throws IOException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new Line(channel));
            }
            long start = System.nanoTime();
            for (SelectionKey key : selector.keys()) {
                send((Line) key.attachment());
            }
            while (answered < latencies.length) {
                if (selector.select(PATIENCE) == 0) {
                    throw new IOException("the server has not answered for " + PATIENCE + " ms");
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    read((Line) key.attachment());
                }
                selector.selectedKeys().clear();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            Arrays.sort(latencies);
            return new Result(latencies.length / seconds, latencies[latencies.length * 99 / 100] / 1e6);
        }
    }

    private void send(Line line) throws IOException {
        if (sent == latencies.length) {
            return;
        }
        sent++;
        line.since = System.nanoTime();
        ByteBuffer bytes = ByteBuffer.wrap(request);
        while (bytes.hasRemaining()) {
            // A request fits into the socket's buffer but for rare moments.
            int unused = line.channel.write(bytes);
        }
    }

    private void read(Line line) throws IOException {
        if (line.channel.read(line.answer) < 0) {
            throw new IOException("the server has closed a connection after "
                    + new String(line.answer.array(), 0, line.answer.position(), ISO_8859_1));
        }
        if (!isWhole(line.answer)) {
            return;
        }
        latencies[answered++] = System.nanoTime() - line.since;
        line.answer.clear();
        send(line);
    }

    private static boolean isWhole(ByteBuffer answer) throws IOException {
        byte[] bytes = answer.array();
        int end = answer.position();
        int body = bodyStart(bytes, end);
        if (body < 0) {
            return false;
        }
        String head = new String(bytes, 0, body, ISO_8859_1).toLowerCase(Locale.ROOT);
        if (!head.startsWith("http/1.1 20")) {
            throw new IOException("the server has answered " + new String(bytes, 0, end, ISO_8859_1));
        }
        int at = head.indexOf(LENGTH);
        if (at < 0) {
            throw new IOException("an answer without a length: " + head);
        }
        int length = Integer.parseInt(
                head.substring(at + LENGTH.length(), head.indexOf('\r', at + 2)).strip());
        return end >= body + length;
    }

    private static int bodyStart(byte[] bytes, int end) {
        for (int i = 3; i < end; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }
}
