package dev.pilot.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events, one frame after another. */
final class SseClient implements AutoCloseable {
    private final HttpResponse<java.io.InputStream> response;
    private final BufferedReader reader;

    /** One frame; a comment has only a text. */
    record Frame(
            @Nullable String id,
            @Nullable String name,
            @Nullable String data,
            @Nullable String comment) {}

    private SseClient(HttpResponse<java.io.InputStream> response) {
        this.response = response;
        this.reader = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
    }

    static SseClient open(HubServer server, String path, String... headers) throws IOException, InterruptedException {
        return openAs(HubServer.ADMIN, server, path, headers);
    }

    static SseClient openAs(String token, HubServer server, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.server().uri().resolve(path)).header("Authorization", "Bearer " + token);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return new SseClient(HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream()));
    }

    int status() {
        return response.statusCode();
    }

    @Nullable
    String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    /** The next frame that is not just a setting; null at the end. */
    @Nullable
    Frame next() throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (!line.isEmpty()) {
                int colon = line.indexOf(':');
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            } else if (fields.containsKey("data") || fields.containsKey("")) {
                return new Frame(fields.get("id"), fields.get("event"), fields.get("data"), fields.get(""));
            } else {
                fields.clear();
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
