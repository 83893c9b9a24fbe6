package dev.pilot.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.http.HubServer.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class LimitsTest {
    private static final String HEAD = "Host: localhost\r\nAuthorization: Bearer " + HubServer.ADMIN + "\r\n";

    @TempDir
    static Path directory;

    private static HubServer server;

    @BeforeAll
    static void start() {
        server = HubServer.start(
                directory,
                config ->
                        config.maxBody(2_048).maxBatch(8_192).maxUpload(16_384).maxHeader(2_048));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void theServerIsWell() {
        assertEquals(200, server.get("/health").status());
        assertEquals(200, server.get("/health/ready").status());
    }

    private static String project(int length) {
        return "{\"name\":\"x\",\"notes\":\"" + "n".repeat(length) + "\"}";
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedWhetherItsLengthIsSaidOrNot() {
        assertEquals(201, server.post("/api/projects", project(1_900)).status());
        Reply fixed = server.post("/api/projects", project(3_000));
        assertEquals(413, fixed.status());
        assertEquals("body-too-large", fixed.problem().code());
        Reply chunked = server.send(
                "POST",
                "/api/projects",
                BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(project(3_000).getBytes(US_ASCII))),
                "Content-Type",
                "application/json");
        assertEquals(413, chunked.status());
    }

    @Test
    void batchesAndUploadsHaveLimitsOfTheirOwn() {
        String event = "{\"subject\":{\"type\":\"a\",\"id\":\"b\"},\"message\":\"" + "m".repeat(1_500) + "\"}";
        assertEquals(
                200,
                server.post("/api/events", "{\"events\":[" + event + "," + event + "]}")
                        .status());
        String lines = (event + "\n").repeat(20);
        assertEquals(
                413,
                server.post("/api/events", lines, "Content-Type", "application/x-ndjson")
                        .status());
        assertEquals(
                400,
                server.post("/api/events", "x".repeat(3_000) + "\n", "Content-Type", "application/x-ndjson")
                        .status(),
                "a line is as long as a body at most");
    }

    @Test
    void aPromisedLengthCostsNothing() throws IOException {
        String answer = server.raw("POST /api/projects HTTP/1.1\r\n" + HEAD
                + "Content-Type: application/json\r\nContent-Length: 999999999999\r\n\r\n{");
        assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    }

    @Test
    void theHeadersHaveALimit() throws IOException {
        String answer = server.raw("GET /health HTTP/1.1\r\n" + HEAD + "X-Long: " + "h".repeat(4_000) + "\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 431"), () -> "answered: " + answer);
        String path = server.raw("GET /" + "p".repeat(4_000) + " HTTP/1.1\r\n" + HEAD + "\r\n");
        assertTrue(path.startsWith("HTTP/1.1 414"), () -> "answered: " + path);
        String many = server.raw("GET /health HTTP/1.1\r\n" + HEAD + "A: b\r\n".repeat(1_000) + "\r\n");
        assertTrue(many.startsWith("HTTP/1.1 431"), () -> "answered: " + many);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/projects/a%2Fb",
                "/api/projects/a%2fb",
                "/api/projects/%2e%2e/x",
                "/api/projects/..;/x",
                "/api//projects",
                "/api/projects/%",
                "/api/projects/%zz",
                "/api/projects/%c3%28",
                "/api/projects/a%00b",
                "/api/projects/x;a=b",
                "/api/projects?limit=%c3%28",
                "/api/projects?limit=%",
                "/api\\projects",
                "/api/projects/a b",
                "//api/projects",
                "*",
                "http://[/"
            })
    void trickyPathsAreRefusedPlainly(String path) throws IOException {
        String answer = server.raw("GET " + path + " HTTP/1.1\r\n" + HEAD + "Connection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400") || answer.startsWith("HTTP/1.1 404"), answer);
        assertFalse(answer.toLowerCase(java.util.Locale.ROOT).contains("jetty"), answer);
    }

    @Test
    void dotsLeadNowhereElse() throws IOException {
        String answer = server.raw("GET /api/x/../projects HTTP/1.1\r\n" + HEAD + "Connection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200") || answer.startsWith("HTTP/1.1 400"), answer);
        String above = server.raw("GET /../../etc/passwd HTTP/1.1\r\n" + HEAD + "Connection: close\r\n\r\n");
        assertTrue(above.startsWith("HTTP/1.1 400"), above);
    }

    @Test
    void aBodyMustSayThatItIsJson() {
        for (String type : List.of(
                "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1", ";;;", ";")) {
            Reply reply = server.post("/api/projects", "{\"name\":\"x\"}", "Content-Type", type);
            assertEquals(415, reply.status(), type);
            assertEquals("unsupported-media-type", reply.problem().code());
        }
        assertEquals(
                201,
                server.post("/api/projects", "{\"name\":\"x\"}", "Content-Type", "Application/JSON; charset=\"UTF-8\"")
                        .status());
        assertEquals(
                415,
                server.post("/api/projects", "x", "Content-Encoding", "gzip").status());
    }

    @Test
    void whatIsNotUtf8OrTooDeepIsRefused() {
        Reply latin = server.send(
                "POST",
                "/api/projects",
                BodyPublishers.ofByteArray(
                        "{\"name\":\"\u00e9\"}".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
        assertEquals(400, latin.status());
        assertEquals("body", latin.problem().fields().get(0).field());
        Reply deep = server.post(
                "/api/projects", "{\"name\":\"x\",\"attributes\":{\"a\":" + "[".repeat(500) + "]".repeat(500) + "}}");
        assertEquals(400, deep.status());
    }

    @Test
    void aClientThatSendsHalfARequestIsClosed() throws IOException {
        String half = "POST /api/projects HTTP/1.1\r\n" + HEAD
                + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
        try (PilotServer impatient = HubServer.serve(
                server.hub().door(),
                config -> config.idleTimeout(Duration.ofMillis(400)).heartbeat(Duration.ofMillis(200)))) {
            for (String sent : List.of("", "GET /health HT", half)) {
                try (Socket socket = new Socket("127.0.0.1", impatient.port())) {
                    socket.setSoTimeout(60_000);
                    socket.getOutputStream().write(sent.getBytes(US_ASCII));
                    String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
                    assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 408"), answer);
                }
            }
        }
    }

    @Test
    void manyHalfOpenClientsKeepNobodyOut() throws IOException {
        List<Socket> sockets = new java.util.ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = server.connect();
                socket.getOutputStream().write("POST /api/projects HTTP/1.1\r\nHost: loc".getBytes(US_ASCII));
                sockets.add(socket);
            }
            assertEquals(200, server.get("/api/overview").status());
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void requestsThatContradictThemselvesAreRefused() throws IOException {
        for (String request : List.of(
                "POST /api/projects HTTP/1.1\r\n" + HEAD + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "POST /api/projects HTTP/1.1\r\n" + HEAD
                        + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n",
                "GET /health HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "\u0000\u0001\u0002\r\n\r\n")) {
            String answer = server.raw(request);
            assertTrue(
                    answer.startsWith("HTTP/1.1 400") || answer.startsWith("HTTP/1.1 505"),
                    request + "\n->\n" + answer);
        }
    }
}
