package dev.pilot.e2e.fault.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.pilot.api.value.Json;
import dev.pilot.wire.route.Media;
import dev.pilot.wire.route.Parameter;
import dev.pilot.wire.route.Route;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Requests that are nearly right, and some that are far from it. Not for several threads. */
final class OddRequests {
    private static final List<String> METHODS = List.of(
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "BREW", "P%20T", "");
    private static final List<String> SEGMENTS = List.of(
            "x",
            "none",
            "%2e%2e",
            "..",
            ".",
            "%2e",
            "..%2f..%2fetc%2fpasswd",
            "%252e%252e",
            "%00",
            "x%00y",
            "x;y=z",
            ";",
            "%3b",
            "%2f",
            "%5c",
            "\\",
            "%",
            "%zz",
            "%c3%28",
            "%u0041",
            "%F0%9F%98%80",
            "a%0d%0ab",
            "%7f",
            "~",
            "*",
            "null",
            "-1",
            "claim");
    private static final List<String> VALUES = List.of(
            "",
            "x",
            "-1",
            "0",
            "1",
            "501",
            "99999999999999999999",
            "1e3",
            "true",
            "TRUE",
            "%00",
            "%",
            "%c3%28",
            "null",
            "%F0%9F%98%80",
            "a%26b",
            "2026-13-45",
            "2026-01-31T00:00:00Z",
            "../..",
            "%0d%0aX:y",
            "NaN",
            "stdout");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json; charset=utf-8",
            "application/json;charset=\"utf-16\"",
            "application/json;charset=",
            "application/merge-patch+json",
            "application/x-ndjson",
            "application/octet-stream",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "text/plain",
            "text/xml",
            "/",
            ";;;",
            "application/json, text/plain",
            "\u00e9");
    private static final List<String> HEADERS = List.of(
            "If-Match: *",
            "If-Match: \"",
            "If-Match: \"2026-01-31T00:00:00Z\"",
            "If-Match: W/\"x\", \"y\"",
            "If-None-Match: *",
            "If-Modified-Since: yesterday",
            "Pilot-Lease: 1;w",
            "Pilot-Lease: -1;",
            "Pilot-Lease: 99999999999;w",
            "Pilot-Lease: ;;;",
            "Last-Event-ID: -1",
            "Last-Event-ID: x",
            "Last-Event-ID: 99999999999999999999",
            "Range: bytes=0-,-1,5-2",
            "Expect: 100-continue",
            "Expect: the-unexpected",
            "Accept: nothing/at-all",
            "Accept-Encoding: gzip;q=x",
            "Content-Encoding: gzip",
            "Upgrade: websocket\r\nConnection: Upgrade",
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 99\r\nSec-WebSocket-Key: x",
            "Connection: close, x",
            "Cookie: pilot=%zz",
            "Cookie: " + "a=b; ".repeat(300),
            "Origin: null",
            "Origin: http://localhost",
            "Origin: javascript:x",
            "X-Forwarded-For: " + "1.2.3.4, ".repeat(200),
            "X-Forwarded-Proto: \"",
            "Forwarded: for=\";;=,\"",
            "X-Request-Id: " + "i".repeat(500),
            "X-HTTP-Method-Override: DELETE",
            "X-Original-URL: /api/meta",
            "X-Long: " + "l".repeat(9_000),
            "X-Many: 1\r\n".repeat(400) + "X-Many: 2",
            "Te: trailers",
            "Trailer: X-Late",
            "Max-Forwards: -1",
            "Sec-Fetch-Site: cross-site",
            "Authorization: Basic eDp5",
            "Authorization: Bearer",
            "Authorization: Bearer " + "t".repeat(5_000),
            "X-PM-Token: \u00ff",
            "Host: other.example",
            "Host: localhost:99999",
            "Host: [::1",
            "X-Folded: a\r\n b",
            "X-Bare: a\rb",
            "X-Nul: a\u0000b",
            "X Space: y",
            ": nameless",
            "nocolon",
            "Content-Length: 1",
            "Content-Length: -1",
            "Content-Length: 1, 2",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: gzip, chunked");
    private static final List<String> VERSIONS =
            List.of("HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/9.9", "http/1.1", "HTTP/1.1 x", "XTTP/1.1", "");

    private final Random random;
    private final String token;
    private final List<String> ids;
    private final Json.Obj description;
    private final OddJson bodies;

    OddRequests(Random random, String token, List<String> ids, Json.Obj description) {
        this.random = random;
        this.token = token;
        this.ids = ids;
        this.description = description;
        Json.Obj components = (Json.Obj) Objects.requireNonNull(description.get("components"));
        Map<String, Json> schemas = ((Json.Obj) Objects.requireNonNull(components.get("schemas"))).members();
        this.bodies = new OddJson(random, schemas, ids);
    }

    /**
     * What is sent.
     *
     * @param bytes all of it
     * @param what in short, for whoever wants to see it again
     */
    record Sent(byte[] bytes, String what) {}

    /** A request to a route, with this and that wrong. */
    Sent to(Route<?, ?> route) {
        boolean wild = random.nextInt(4) == 0;
        String method = wild && random.nextInt(3) == 0 ? pick(METHODS) : route.method();
        String target = path(route, wild) + query(route);
        StringBuilder head = new StringBuilder(method + " " + target + " "
                + (wild && random.nextInt(8) == 0 ? pick(VERSIONS) : "HTTP/1.1") + "\r\nHost: localhost\r\n");
        if (random.nextInt(12) > 0) {
            head.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        for (int i = random.nextInt(wild ? 4 : 2); i > 0; i--) {
            head.append(pick(HEADERS)).append("\r\n");
        }
        byte[] body = body(route);
        if (body.length > 0 || route.accepts() != Media.NONE) {
            head.append("Content-Type: ")
                    .append(random.nextInt(8) == 0 ? pick(TYPES) : type(route))
                    .append("\r\n");
        }
        return framed(head, body, method + " " + target);
    }

    private Sent framed(StringBuilder head, byte[] body, String what) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (random.nextInt(10)) {
            case 0 -> {
                out.writeBytes(
                        bytes(head.append("Transfer-Encoding: chunked\r\n\r\n").toString()));
                chunks(out, body);
            }
            case 1 -> {
                int promised = Math.max(0, body.length + random.nextInt(40) - 20);
                out.writeBytes(bytes(head.append("Content-Length: ")
                        .append(promised)
                        .append("\r\n\r\n")
                        .toString()));
                out.writeBytes(body);
            }
            default -> {
                out.writeBytes(bytes(head.append("Content-Length: ")
                        .append(body.length)
                        .append("\r\n\r\n")
                        .toString()));
                out.writeBytes(body);
            }
        }
        String shown = new String(body, 0, Math.min(body.length, 300), ISO_8859_1);
        return new Sent(out.toByteArray(), cut(what) + " | " + cut(head.toString()) + " | " + shown);
    }

    private void chunks(ByteArrayOutputStream out, byte[] body) {
        int at = 0;
        while (at < body.length) {
            int size = Math.min(body.length - at, 1 + random.nextInt(4_000));
            out.writeBytes(bytes(Integer.toHexString(size) + (random.nextInt(20) == 0 ? ";x=\"y\"" : "") + "\r\n"));
            out.write(body, at, size);
            out.writeBytes(bytes(random.nextInt(40) == 0 ? "" : "\r\n"));
            at += size;
        }
        out.writeBytes(bytes(random.nextInt(10) == 0 ? "0\r\nX-Late: y\r\n\r\n" : "0\r\n\r\n"));
    }

    private String path(Route<?, ?> route, boolean wild) {
        String path = route.template();
        while (path.contains("{")) {
            String id = random.nextInt(3) > 0 ? pick(ids) : pick(SEGMENTS);
            path = path.substring(0, path.indexOf('{')) + id + path.substring(path.indexOf('}') + 1);
        }
        if (!wild) {
            return path;
        }
        return switch (random.nextInt(10)) {
            case 0 -> path + "/";
            case 1 -> path + "/" + pick(SEGMENTS);
            case 2 -> path.replaceFirst("/", "//");
            case 3 -> "/" + pick(SEGMENTS) + path;
            case 4 -> path + ";" + pick(VALUES);
            case 5 -> path.toUpperCase(Locale.ROOT);
            case 6 -> path + "/" + "p".repeat(pick(List.of(300, 3_000, 20_000)));
            case 7 -> path.replaceFirst("a", "%61");
            case 8 -> pick(List.of("*", "", "http://localhost" + path, "http://[" + path, "\\" + path, path + "#f"));
            default -> path;
        };
    }

    private String query(Route<?, ?> route) {
        StringBuilder query = new StringBuilder();
        for (Parameter parameter : route.parameters()) {
            int times = random.nextInt(12) == 0 ? 2 : random.nextInt(2);
            for (int i = 0; i < times; i++) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(parameter.name())
                        .append('=');
                query.append(random.nextInt(4) == 0 ? pick(ids) : pick(VALUES));
            }
        }
        if (random.nextInt(15) == 0) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(pick(List.of(
                            "unknown=1", "token=x", "=", "&&&", "%zz=1", "a", "limit", "?", "q=" + "v".repeat(9_000))));
        }
        return query.toString();
    }

    private byte[] body(Route<?, ?> route) {
        if (route.accepts() == Media.NONE && random.nextInt(8) > 0) {
            return new byte[0];
        }
        byte[] body = bodies.body(schema(route));
        if (route.accepts() == Media.EVENTS && random.nextBoolean()) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (int i = random.nextInt(4); i >= 0; i--) {
                lines.writeBytes(bodies.body(schema(route)));
                lines.writeBytes(bytes(pick(List.of("\n", "\r\n", "\n\n"))));
            }
            return lines.toByteArray();
        }
        return body;
    }

    private String type(Route<?, ?> route) {
        return switch (route.accepts()) {
            case MERGE_PATCH -> "application/merge-patch+json";
            case EVENTS -> random.nextBoolean() ? "application/json" : "application/x-ndjson";
            case BYTES -> "application/octet-stream";
            case NONE, JSON, OPTIONAL_JSON, EVENT_STREAM, WEB_SOCKET -> "application/json";
        };
    }

    private @Nullable Json schema(Route<?, ?> route) {
        Json at = description;
        for (String member : List.of(
                "paths",
                route.template(),
                route.method().toLowerCase(Locale.ROOT),
                "requestBody",
                "content",
                route.accepts() == Media.MERGE_PATCH ? "application/merge-patch+json" : "application/json",
                "schema")) {
            at = at instanceof Json.Obj object ? object.get(member) : null;
        }
        return at;
    }

    private static String cut(String text) {
        return text.length() <= 600 ? text : text.substring(0, 600) + "…";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
