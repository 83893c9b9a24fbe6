package dev.pilot.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/** Passes bytes on between clients and a server, and breaks each connection after so many bytes of what the server says. */
final class CuttingProxy implements Closeable {
    private final ServerSocket listener;
    private final URI server;
    private final IntUnaryOperator bytesOf;
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

    /**
     * Starts it.
     *
     * @param server what it stands before
     * @param bytesOf how many bytes each connection, counted from 0, lets through
     */
    CuttingProxy(URI server, IntUnaryOperator bytesOf) {
        this.server = server;
        this.bytesOf = bytesOf;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                int limit = bytesOf.applyAsInt(connections.getAndIncrement());
                Socket upstream = new Socket(server.getHost(), server.getPort());
                open.add(client);
                open.add(upstream);
                start(() -> pass(client, upstream, Integer.MAX_VALUE));
                start(() -> pass(upstream, client, limit));
            } catch (IOException closed) {
                continue; // the loop ends where the listener is closed
            }
        }
    }

    private void pass(Socket from, Socket to, int limit) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            int left = limit;
            while (left > 0) {
                int read = in.read(buffer, 0, Math.min(buffer.length, left));
                if (read < 0) {
                    return;
                }
                out.write(buffer, 0, read);
                out.flush();
                left -= read;
            }
        } catch (IOException broken) {
            // the other direction was cut, or its end hung up; closing both is all there is to do
            return;
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Closeable socket : open) {
            socket.close();
        }
    }
}
