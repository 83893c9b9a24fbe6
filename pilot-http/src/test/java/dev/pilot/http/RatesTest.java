package dev.pilot.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.http.HubServer.Reply;
import dev.pilot.http.guard.RateLimits;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RatesTest {
    @TempDir
    Path directory;

    private HubServer server(int caller, int failures) {
        RateLimits rates = new RateLimits(caller, 0, Duration.ofHours(1), failures, Duration.ofHours(1), 1_000);
        return HubServer.start(directory, config -> config.rates(rates));
    }

    private static void assertTurnedAway(Reply reply, String code) {
        assertEquals(429, reply.status(), reply::text);
        assertEquals(code, reply.problem().code());
        assertEquals("unavailable", reply.problem().kind());
        assertEquals("application/problem+json", reply.header("Content-Type"));
        assertTrue(Integer.parseInt(reply.header("Retry-After")) > 0);
        assertEquals("nosniff", reply.header("X-Content-Type-Options"));
    }

    @Test
    void aCallerWhoComesTooOftenIsTurnedAwayAndOthersAreNot() {
        RateLimits rates = new RateLimits(1, 0, Duration.ofSeconds(20), 0, Duration.ofHours(1), 1_000);
        try (HubServer server = HubServer.start(directory, config -> config.rates(rates))) {
            Reply reply = server.get("/api/meta");
            while (reply.status() == 200) {
                reply = server.get("/health/ready");
            }
            assertTurnedAway(reply, "too-many-requests");
            assertEquals("20", reply.header("RateLimit-Limit"));
            assertEquals("0", reply.header("RateLimit-Remaining"));
            assertNotNull(reply.header("RateLimit-Reset"));
            assertEquals(
                    200,
                    server.get("/api/meta", "Authorization", "Bearer " + HubServer.WORKER)
                            .status());
            assertEquals(200, server.get("/health").status());
        }
    }

    @Test
    void anAddressThatComesTooOftenIsTurnedAwayBeforeABodyIsRead() throws IOException {
        RateLimits rates = new RateLimits(0, 1, Duration.ZERO, 0, Duration.ofHours(1), 1_000);
        try (HubServer server = HubServer.start(directory, config -> config.rates(rates))) {
            Reply reply = server.get("/health");
            while (reply.status() == 200) {
                reply = server.get("/health");
            }
            assertTurnedAway(reply, "too-many-requests");
            String status = "";
            while (!status.startsWith("HTTP/1.1 429")) {
                try (Socket socket = server.connect()) {
                    // No byte of the body is ever sent.
                    socket.getOutputStream()
                            .write(
                                    ("POST /api/projects HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                                    + "Content-Length: 1000000\r\n\r\n")
                                            .getBytes(US_ASCII));
                    status = new String(socket.getInputStream().readAllBytes(), US_ASCII);
                }
            }
            assertTrue(status.contains("Connection: close"), status);
        }
    }

    @Test
    void whoGuessesHasToWaitAndWhoWasInBeforeHasNot() {
        try (HubServer server = server(1_000, 3)) {
            assertEquals(200, server.get("/api/meta").status());
            Reply reply = guess(server, 0);
            for (int i = 1; i < 1_000 && reply.status() == 401; i++) {
                reply = guess(server, i);
            }
            assertTurnedAway(reply, "too-many-failures");
            assertFalse(reply.text().contains("guess"));
            assertEquals(200, server.get("/api/meta").status(), "who was let in before");
            assertEquals(200, server.get("/health").status(), "who says nothing");
        }
    }

    @Test
    void wrongTokensShutNobodyElseOut() {
        try (HubServer server = server(1_000, 3)) {
            for (int i = 0; i < 3; i++) {
                assertEquals(401, guess(server, i).status());
            }
            assertEquals(
                    200,
                    server.get("/api/meta", "Authorization", "Bearer " + HubServer.WORKER)
                            .status(),
                    "a token that comes for the first time");
            Reply reply = guess(server, 3);
            for (int i = 4; i < 1_000 && reply.status() == 401; i++) {
                reply = guess(server, i);
            }
            assertTurnedAway(reply, "too-many-failures");
            for (int i = 0; i < 20; i++) {
                assertEquals(401, open(server, "/api/auth/refresh", "{\"refreshToken\":\"guess\"}"));
            }
            assertEquals(401, open(server, "/api/auth/login", "{\"name\":\"a\",\"password\":\"guess\"}"));
            assertEquals(401, open(server, "/api/auth/cookie", "{\"once\":\"guess\"}"));
        }
    }

    private static int open(HubServer server, String path, String body) {
        return server.post(path, body, "Authorization", "none").status();
    }

    @Test
    void aClientThatIsStuckWithAWrongTokenShutsOutNobodyButItself() {
        try (HubServer server = server(1_000, 3)) {
            Reply reply = guess(server, 0);
            for (int i = 0; i < 100 && reply.status() == 401; i++) {
                reply = guess(server, 0);
            }
            assertTurnedAway(reply, "too-many-failures");
            for (int i = 0; i < 30; i++) {
                guess(server, 0);
            }
            assertEquals(200, server.get("/api/meta").status(), "a token that comes for the first time");
            assertEquals(401, guess(server, 1).status());
        }
    }

    private static Reply guess(HubServer server, int number) {
        return server.get("/api/meta", "Authorization", "Bearer guess-" + number);
    }

    @Test
    void whoShowsNothingHasNotGuessed() {
        try (HubServer server = server(0, 1)) {
            for (int i = 0; i < 50; i++) {
                assertEquals(
                        401, server.get("/api/meta", "Authorization", "none").status());
            }
        }
    }

    @Test
    void theWordOfALinkCanBeGuessedNoMoreOftenThanTokens() {
        try (HubServer server = server(0, 3)) {
            Reply reply = server.post("/api/auth/cookie", "{\"once\":\"guess\"}", "Authorization", "none");
            assertEquals(401, reply.status(), reply::text);
            for (int i = 0; i < 1_000 && reply.status() == 401; i++) {
                reply = server.post("/api/auth/cookie", "{\"once\":\"guess\"}", "Authorization", "none");
            }
            assertTurnedAway(reply, "too-many-failures");
            assertEquals(401, guess(server, 1).status(), "tokens are another thing");
        }
    }
}
