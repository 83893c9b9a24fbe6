package dev.pilot.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.api.run.Event;
import dev.pilot.wire.WireCodec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A WebSocket as a browser has it: text messages, and a code at the end. */
final class SocketClient implements WebSocket.Listener, AutoCloseable {
    private final WebSocket socket;
    private final StringBuilder part = new StringBuilder();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final Semaphore pings = new Semaphore(0);

    /** Connects, with some headers. */
    SocketClient(PilotServer server, String path, String... headers) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        URI uri = URI.create("ws://127.0.0.1:" + server.port() + path);
        socket = builder.buildAsync(uri, this).join();
    }

    static SocketClient asAdmin(PilotServer server, String path) {
        return new SocketClient(server, path, "Authorization", "Bearer " + HubServer.ADMIN);
    }

    void say(String message) {
        socket.sendText(message, true).join();
    }

    String next() throws InterruptedException {
        String message = messages.poll(60, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("nothing came; closed: " + closed);
        }
        return message;
    }

    List<Event> events(int count) throws InterruptedException {
        List<Event> events = new ArrayList<>();
        while (events.size() < count) {
            events.add(WireCodec.read(next(), Event.class));
        }
        return events;
    }

    /** The code and the reason with which the other side closed. */
    String whyClosed() throws Exception {
        return closed.get(60, TimeUnit.SECONDS);
    }

    void awaitPings(int count, Duration most) throws InterruptedException {
        assertTrue(pings.tryAcquire(count, most.toMillis(), TimeUnit.MILLISECONDS), "too few pings");
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            messages.add(part.toString());
            part.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        pings.release();
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code + " " + reason);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
