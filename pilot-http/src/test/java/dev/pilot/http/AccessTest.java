package dev.pilot.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.http.HubServer.Reply;
import dev.pilot.wire.route.Media;
import dev.pilot.wire.route.Route;
import dev.pilot.wire.route.Routes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    @TempDir
    static Path directory;

    private static HubServer server;

    @BeforeAll
    static void start() {
        server = HubServer.start(
                directory,
                config ->
                        config.allowedOrigins(Set.of("https://console.example")).allowedHosts(Set.of("hub.example")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void onlyOpenRoutesNeedNoToken() throws Exception {
        for (Route<?, ?> route : Routes.all()) {
            URI uri = server.server().uri().resolve(route.template().replace("{id}", "x"));
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .method(route.method(), HttpRequest.BodyPublishers.noBody())
                    .build();
            int status = HttpClient.newHttpClient()
                    .send(request, BodyHandlers.discarding())
                    .statusCode();
            if (route.isOpen()) {
                assertEquals(route.accepts() == Media.NONE ? 200 : 415, status, route::toString);
            } else {
                assertEquals(401, status, route::toString);
            }
        }
    }

    @Test
    void eachHeaderOfATokenCounts() {
        assertEquals(
                200,
                server.get("/api/overview", "Authorization", "bearer " + HubServer.ADMIN)
                        .status());
        for (String header : Set.of("X-PM-Token", "X-PM-Agent-Token")) {
            assertEquals(
                    200,
                    server.get("/api/overview", "Authorization", "Basic eDp5", header, HubServer.ADMIN)
                            .status());
        }
        Reply wrong = server.get("/api/overview", "Authorization", "Bearer wrong-token-of-somebody");
        assertEquals(401, wrong.status());
        assertNotNull(wrong.header("WWW-Authenticate"));
        assertFalse(wrong.text().contains("wrong-token"));
    }

    @Test
    void whoLogsInShowsTheTokenOfTheAnswer() {
        Reply made = server.post(
                "/api/users",
                "{\"name\":\"anna\",\"password\":\"correct horse battery\",\"rights\":{\"scopes\":[\"operator\"]}}");
        assertEquals(201, made.status(), made::text);
        assertFalse(made.text().contains("password"), made::text);
        assertNotNull(made.header("ETag"));
        assertEquals(200, server.get(made.header("Location")).status());
        String right = "{\"name\":\"anna\",\"password\":\"correct horse battery\"}";
        Reply session = server.post("/api/auth/login", right, "Authorization", "Bearer nonsense");
        assertEquals(200, session.status(), session::text);
        assertEquals("no-store", session.header("Cache-Control"));
        String token = session.json().text("accessToken");
        Reply self = server.get("/api/auth/verify", "Authorization", "Bearer " + token);
        assertEquals(200, self.status(), self::text);
        assertTrue(self.text().contains("\"name\":\"anna\""), self::text);
        Reply wrong = server.post("/api/auth/login", right.replace("horse", "cow"));
        assertEquals(401, wrong.status(), wrong::text);
        assertFalse(wrong.text().contains("anna") || wrong.text().contains("cow"), wrong::text);
        Reply unknown = server.post("/api/auth/login", right.replace("anna", "otto"));
        assertEquals(wrong.text(), unknown.text());
        String refresh = session.json().text("refreshToken");
        Reply next = server.post("/api/auth/refresh", "{\"refreshToken\":\"" + refresh + "\"}");
        assertEquals(200, next.status(), next::text);
        assertEquals(
                204,
                server.post("/api/auth/logout", "", "Authorization", "Bearer " + token)
                        .status());
        assertEquals(
                401,
                server.get("/api/auth/verify", "Authorization", "Bearer " + token)
                        .status());
    }

    @Test
    void aTokensSecretIsInOneAnswer() {
        Reply made = server.post("/api/tokens", "{\"name\":\"ci\",\"rights\":{\"scopes\":[\"reader\"]}}");
        assertEquals(201, made.status(), made::text);
        String secret = made.json().text("secret");
        assertTrue(secret.startsWith("pilot_"));
        String place = made.header("Location");
        assertFalse(server.get(place).text().contains(secret));
        assertFalse(server.get("/api/tokens").text().contains(secret));
        assertEquals(
                200,
                server.get("/api/projects", "Authorization", "Bearer " + secret).status());
        assertEquals(
                200,
                server.get("/api/projects", "Authorization", "Basic x", "X-PM-Agent-Token", secret)
                        .status());
        assertEquals(200, server.call("DELETE", place, null).status());
        assertEquals(
                401,
                server.get("/api/projects", "Authorization", "Bearer " + secret).status());
    }

    @Test
    void aTokenAllowsWhatItsScopeDoes() {
        Reply refused = server.post("/api/projects", "{\"name\":\"x\"}", "Authorization", "Bearer " + HubServer.WORKER);
        assertEquals(403, refused.status(), refused::text);
        assertEquals("forbidden", refused.problem().kind());
    }

    @Test
    void aStrangeHostIsRefused() throws IOException {
        assertTrue(ask("Host: evil.example").startsWith("HTTP/1.1 400"));
        assertTrue(ask("Host: evil.example").contains("host-not-allowed"));
        assertTrue(ask("Host: localhost:99").startsWith("HTTP/1.1 200"));
        assertTrue(ask("Host: HUB.example").startsWith("HTTP/1.1 200"));
        assertTrue(ask("X-Nothing: 1").startsWith("HTTP/1.1 400"), "no host at all");
    }

    private static String ask(String header) throws IOException {
        return server.raw("GET /health HTTP/1.1\r\n" + header + "\r\nConnection: close\r\n\r\n");
    }

    @Test
    void aStrangePageIsRefusedAndAnAllowedOneIsTold() {
        assertEquals(
                403,
                server.get("/api/overview", "Origin", "https://evil.example").status());
        assertEquals(403, server.get("/api/overview", "Origin", "null").status());
        Reply allowed = server.get("/api/overview", "Origin", "https://console.example");
        assertEquals(200, allowed.status());
        assertEquals("https://console.example", allowed.header("Access-Control-Allow-Origin"));
        Reply own = server.get("/api/overview", "Origin", server.server().uri().toString());
        assertEquals(200, own.status());
        assertNull(own.header("Access-Control-Allow-Origin"));
        Reply preflight = server.call("OPTIONS", "/api/projects", null, "Origin", "https://console.example");
        assertEquals(204, preflight.status());
        assertTrue(preflight.header("Access-Control-Allow-Methods").contains("POST"));
    }

    @Test
    void everyAnswerIsStrictWithBrowsersAndNamesItsRequest() {
        for (Reply reply : Set.of(server.get("/health"), server.get("/api/none"), server.get("/api/projects"))) {
            assertEquals("nosniff", reply.header("X-Content-Type-Options"));
            assertEquals("no-store", reply.header("Cache-Control"));
            assertTrue(reply.header("Content-Security-Policy").startsWith("default-src 'none'"));
            assertNull(reply.header("Server"));
            assertNotNull(reply.header("X-Request-Id"));
        }
        assertEquals("mine-1", server.get("/health", "X-Request-Id", "mine-1").header("X-Request-Id"));
        assertFalse("a b".equals(server.get("/health", "X-Request-Id", "a b").header("X-Request-Id")));
    }

    @Test
    void whatNobodyForesawIsNamedButNotShown() throws Exception {
        try (PilotServer broken = HubServer.serve(
                credentials -> {
                    throw new IllegalStateException("the secret reason");
                },
                config -> config)) {
            var reply = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(broken.uri().resolve("/api/meta"))
                                    .build(),
                            BodyHandlers.ofString());
            assertEquals(500, reply.statusCode());
            assertTrue(reply.body().contains("\"code\":\"internal-error\""), reply.body());
            assertTrue(reply.body()
                    .contains("\"errorId\":\""
                            + reply.headers().firstValue("X-Request-Id").orElseThrow()));
            assertFalse(reply.body().contains("secret"), reply.body());
        }
    }
}
