package dev.pilot.client;

import dev.pilot.wire.ErrorBody;
import dev.pilot.wire.WireCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/** A server that answers what a real one never should, or only in rare moments. */
final class StubServer implements AutoCloseable {
    /** It warns of every connection that is closed unused, which clients do when they are closed. */
    private static final Logger NOISE = Logger.getLogger(MockWebServer.class.getName());

    static {
        NOISE.setLevel(Level.OFF);
    }

    private final MockWebServer server = new MockWebServer();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

    /**
     * Starts it.
     *
     * @param answers the answer to each request, counted from 0
     */
    StubServer(Function<Integer, MockResponse> answers) {
        this((count, request) -> answers.apply(count));
    }

    StubServer(Answers answers) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public synchronized MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                return answers.answer(requests.size() - 1, request);
            }
        });
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is answered. */
    interface Answers {
        MockResponse answer(int count, RecordedRequest request);
    }

    static MockResponse json(int status, Object value) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json")
                .body(WireCodec.writeText(value))
                .build();
    }

    static MockResponse problem(ErrorBody body) {
        return new MockResponse.Builder()
                .code(body.status())
                .setHeader("Content-Type", ErrorBody.MEDIA_TYPE)
                .body(WireCodec.writeText(body))
                .build();
    }

    static MockResponse text(int status, String text) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "text/html")
                .body(text)
                .build();
    }

    /** The request is read whole, and then the line is dead. */
    static MockResponse lost() {
        return new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
    }

    /** The answer ends in the middle. */
    static MockResponse torn(Object value) {
        return new MockResponse.Builder()
                .body(WireCodec.writeText(value))
                .onResponseBody(new SocketEffect.CloseSocket())
                .build();
    }

    /** Nothing is ever answered. */
    static MockResponse silence() {
        return new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
    }

    List<RecordedRequest> requests() {
        return requests;
    }

    String body(int request) {
        return java.util.Objects.requireNonNull(requests.get(request).getBody()).utf8();
    }

    URI uri() {
        return server.url("/").uri();
    }

    PilotClient client() {
        return client(3);
    }

    PilotClient client(int retries) {
        return PilotClient.builder(uri(), "token-of-the-test")
                .requestTimeout(Duration.ofSeconds(20))
                .retries(retries)
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
