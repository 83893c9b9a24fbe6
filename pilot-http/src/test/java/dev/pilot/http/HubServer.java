package dev.pilot.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.Door;
import dev.pilot.api.access.Caller;
import dev.pilot.api.value.Json;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.http.guard.RateLimits;
import dev.pilot.testkit.MovableClock;
import dev.pilot.wire.ErrorBody;
import dev.pilot.wire.WireCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A real hub behind a real server on a port of its own. */
final class HubServer implements AutoCloseable {
    static final String ADMIN = "admin-token-for-tests";
    static final String AGENT = "agent-token-for-tests";
    static final String WORKER = "worker-token-for-tests";

    private final PilotHub hub;
    private final PilotServer server;
    private final MovableClock clock;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    /** What came back. */
    record Reply(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return new String(response.body(), UTF_8);
        }

        <T> T as(Class<T> type) {
            return WireCodec.read(response.body(), type);
        }

        Json.Obj json() {
            return as(Json.Obj.class);
        }

        ErrorBody problem() {
            return as(ErrorBody.class);
        }

        @Nullable
        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }
    }

    private HubServer(PilotHub hub, PilotServer server, MovableClock clock) {
        this.hub = hub;
        this.server = server;
        this.clock = clock;
    }

    static HubServer start(Path directory) {
        return start(directory, config -> config);
    }

    static HubServer start(Path directory, UnaryOperator<HttpConfig.Builder> config) {
        PilotHub hub = PilotHub.open(PilotConfig.builder(directory)
                .adminToken(ADMIN)
                .agentToken(AGENT)
                .workerToken(WORKER)
                .build());
        return new HubServer(hub, serve(hub.door(), config), MovableClock.create());
    }

    /** Also lets in others, each with the {@link #token} of its name. Its time is that of {@link #clock}. */
    static HubServer start(Path directory, Map<String, Caller> callers) {
        MovableClock clock = MovableClock.create();
        PilotHub hub = PilotHub.open(PilotConfig.builder(directory)
                .adminToken(ADMIN)
                .agentToken(AGENT)
                .workerToken(WORKER)
                .clock(clock)
                .build());
        Map<String, Caller> byToken = new HashMap<>();
        callers.forEach((name, caller) -> byToken.put(token(name), caller));
        Door door = credentials -> {
            Caller known = byToken.get(credentials.token());
            return known == null ? hub.door().admit(credentials) : hub.as(known);
        };
        return new HubServer(hub, serve(door, config -> config), clock);
    }

    static String token(String name) {
        return "token-of-" + name.strip().replace(' ', '-');
    }

    static PilotServer serve(Door door, UnaryOperator<HttpConfig.Builder> config) {
        return PilotServer.start(
                door,
                config.apply(HttpConfig.builder().port(0).rates(RateLimits.NONE))
                        .build());
    }

    PilotHub hub() {
        return hub;
    }

    /** The hub's time, where it was started with callers. */
    MovableClock clock() {
        return clock;
    }

    PilotServer server() {
        return server;
    }

    Reply get(String path, String... headers) {
        return call("GET", path, null, headers);
    }

    Reply post(String path, String body, String... headers) {
        return call("POST", path, body, headers);
    }

    /** As the admin, unless a header says otherwise; a body is JSON, unless a header says otherwise. */
    Reply call(String method, String path, @Nullable String body, String... headers) {
        return send(method, path, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body), headers);
    }

    Reply send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body)
                .setHeader("Authorization", "Bearer " + ADMIN);
        if (body.contentLength() != 0) {
            request.setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            return new Reply(client.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends bytes as they are and reads until the server closes or is done. */
    String raw(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), UTF_8);
            }
        }
    }

    Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    @Override
    public void close() {
        server.close();
        hub.close();
    }
}
