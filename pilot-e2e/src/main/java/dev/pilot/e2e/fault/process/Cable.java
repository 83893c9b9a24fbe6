package dev.pilot.e2e.fault.process;

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
import java.util.function.Supplier;

/** Passes bytes on between clients and a server that may change; it can be cut, healed and tapped. Threads may share it. */
public final class Cable implements Closeable {
    private static final int BACKLOG = 50;
    private static final int BUFFER = 8192;

    private final ServerSocket listener;
    private final Supplier<Tap> taps;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile URI server;
    private volatile boolean cut;

    /**
     * Lays one.
     *
     * @param server where it leads at first
     * @param taps gives each connection its own
     */
    public Cable(URI server, Supplier<Tap> taps) {
        this.server = server;
        this.taps = taps;
        try {
            this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /**
     * Where clients find it, as long as it lies.
     *
     * @return its address
     */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /**
     * How often clients have connected.
     *
     * @return the count
     */
    public int connections() {
        return connections.get();
    }

    /**
     * Leads somewhere else from now on.
     *
     * @param other the new server
     */
    public void leadTo(URI other) {
        server = other;
    }

    /** Breaks everything that is open; who connects is hung up on. */
    public void cut() {
        cut = true;
        breakAll();
    }

    /** Lets clients connect again. */
    public void heal() {
        cut = false;
    }

    private void breakAll() {
        for (Socket socket : open) {
            closeQuietly(socket);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            Socket client;
            try {
                client = listener.accept();
            } catch (IOException closed) {
                continue; // the loop ends where the listener is closed
            }
            connections.incrementAndGet();
            connect(client);
        }
    }

    private void connect(Socket client) {
        URI to = server;
        open.add(client);
        try {
            Socket upstream = new Socket(to.getHost(), to.getPort());
            open.add(upstream);
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            Tap tap = taps.get();
            start(() -> pass(client, upstream, Tap.Way.TO_SERVER, tap));
            start(() -> pass(upstream, client, Tap.Way.TO_CLIENT, tap));
            if (cut) {
                closeQuietly(upstream);
                closeQuietly(client);
            }
        } catch (IOException nobodyThere) {
            open.remove(client);
            closeQuietly(client);
        }
    }

    private void pass(Socket from, Socket to, Tap.Way way, Tap tap) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int passed = tap.pass(way, buffer, read);
                out.write(buffer, 0, passed);
                out.flush();
                if (passed < read) {
                    return;
                }
            }
        } catch (IOException broken) {
            // the other way was broken, or its end hung up; closing both is all there is to do
            return;
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is as good as closed: nothing passes any more
            return;
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        breakAll();
    }
}
