package dev.pilot.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.api.value.Json;
import dev.pilot.http.HubServer.Reply;
import dev.pilot.wire.ErrorBody;
import dev.pilot.wire.route.Media;
import dev.pilot.wire.route.Parameter;
import dev.pilot.wire.route.Route;
import dev.pilot.wire.route.Routes;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(300)
class EveryRouteTest {
    private static final int TRIES = 25;
    private static final List<String> BODIES = List.of(
            "",
            "null",
            "[]",
            "{}",
            "{\"a\":",
            "7",
            "\"text\"",
            "{\"unknown\":1}",
            "{\"id\":\"../x\"}",
            "{\"name\":null,\"title\":\"\\u0000\"}",
            "{\"actions\":[{},null,7]}",
            "{\"events\":[{},null]}",
            "{\"ids\":[\"x\",\"x\",\" \"]}",
            "{\"edits\":[{\"id\":\"x\",\"patch\":{\"progress\":9999999999}}]}",
            "{\"reports\":[{\"lease\":{\"runId\":\"x\",\"attempt\":-1,\"workerId\":\"w\",\"expiresAt\":\"9999-12-31T23:59:59Z\"},\"result\":\"succeeded\"}]}",
            "{\"leases\":[{\"runId\":\"x\",\"attempt\":1,\"workerId\":\"w\",\"expiresAt\":\"0000-01-01T00:00:00Z\"}]}",
            "{\"workerId\":\"w\",\"limit\":-5,\"waitFor\":-1,\"lease\":\"P99999D\"}",
            "{\"workerId\":\"w\",\"limit\":2147483647,\"waitFor\":0,\"lease\":0}",
            "{\"projectId\":\"none\",\"goal\":\"g\",\"budget\":{\"wall\":-1,\"tokens\":-9223372036854775808}}",
            "{\"verdict\":\"edit\",\"payload\":{\"a\":1e400}}",
            "{\"inputTokens\":-9223372036854775808,\"costMicros\":9223372036854775807}",
            "{\"remoteUrl\":\"file:///../..\\u0001\"}",
            "{\"subject\":{\"type\":\"!\",\"id\":\"\"},\"type\":\"UPPER CASE\",\"data\":{}}",
            "\u0000\uFFFD");
    private static final List<String> IDS =
            List.of("x", "none", "a:b", "%20", "%F0%9F%98%80", "x".repeat(200), "%22%27", "null", "claim", "-1");
    private static final List<String> VALUES = List.of(
            "",
            "x",
            "-1",
            "0",
            "99999999999999999999",
            "true",
            "%00",
            "%F0%9F%98%80",
            "null",
            "stdout",
            "report",
            "a%2Fb");

    @TempDir
    static Path directory;

    private static HubServer server;

    @BeforeAll
    static void start() {
        server = HubServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Route<?, ?>> routes() {
        return Routes.all();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void badInputIsNeverTheServersFault(Route<?, ?> route) {
        Random random = new Random(route.toString().hashCode());
        for (int i = 0; i < TRIES; i++) {
            String path = route.template().replace("{id}", pick(IDS, random)) + query(route, random);
            String method = route.answers() == Media.EVENT_STREAM ? "HEAD" : route.method();
            String body = pick(BODIES, random);
            BodyPublisher publisher = route.accepts() == Media.NONE
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8));
            Reply reply = server.send(
                    method, path, publisher, "Pilot-Lease", pick(List.of("1;w", "x", "-1;w", "0;"), random));
            assertTrue(reply.status() < 500, () -> method + " " + path + " " + body + " -> " + reply.text());
            if (reply.status() >= 400 && !method.equals("HEAD")) {
                assertEquals(reply.status(), reply.problem().status());
                assertEquals(ErrorBody.MEDIA_TYPE, reply.header("Content-Type"));
            }
        }
        assertEquals(200, server.get("/health/ready").status());
    }

    private static String query(Route<?, ?> route, Random random) {
        StringBuilder query = new StringBuilder();
        for (Parameter parameter : route.parameters()) {
            if (random.nextInt(3) > 0) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(URLEncoder.encode(parameter.name(), StandardCharsets.UTF_8))
                        .append('=')
                        .append(pick(VALUES, random));
            }
        }
        return query.toString();
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    @Test
    void theDescriptionAndTheRoutesAreTheSame() {
        Json.Obj description = server.get("/openapi.json").json();
        assertEquals("3.1.0", description.text("openapi"));
        Map<String, Json> paths = ((Json.Obj) description.get("paths")).members();
        Set<String> described = new HashSet<>();
        paths.forEach((path, operations) -> ((Json.Obj) operations)
                .members()
                .keySet()
                .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        Set<String> served = new HashSet<>();
        Routes.all().forEach(route -> served.add(route.toString()));
        assertEquals(served, described);
        for (String path : paths.keySet()) {
            Reply reply = server.call("OPTIONS", path.replace("{id}", "x"), null);
            assertEquals(204, reply.status(), path);
        }
    }

    @Test
    void theDescriptionHoldsTogether() {
        Reply reply = server.get("/openapi.json");
        Json.Obj schemas = (Json.Obj) ((Json.Obj) reply.json().get("components")).get("schemas");
        java.util.regex.Matcher references =
                java.util.regex.Pattern.compile("#/components/schemas/(\\w+)").matcher(reply.text());
        int count = 0;
        while (references.find()) {
            assertTrue(schemas.get(references.group(1)) instanceof Json.Obj, references.group(1));
            count++;
        }
        assertTrue(count > 100, "only " + count);
        Json.Obj create = (Json.Obj) schemas.get("CreateTask");
        assertEquals("[\"projectId\",\"title\"]", String.valueOf(create.get("required")));
        Json.Obj status = (Json.Obj) ((Json.Obj) create.get("properties")).get("status");
        assertTrue(String.valueOf(status.get("enum")).contains("in-progress"));
        assertNotEquals(null, ((Json.Obj) schemas.get("Run")).get("required"));
        Set<String> ids = new HashSet<>();
        ((Json.Obj) reply.json().get("paths"))
                .members()
                .values()
                .forEach(path -> ((Json.Obj) path)
                        .members()
                        .values()
                        .forEach(operation -> assertTrue(ids.add(((Json.Obj) operation).text("operationId")))));
    }
}
