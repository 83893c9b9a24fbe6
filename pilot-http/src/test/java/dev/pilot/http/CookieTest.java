package dev.pilot.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.api.access.CreateToken;
import dev.pilot.api.access.NewToken;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.http.HubServer.Reply;
import dev.pilot.wire.system.OneTimeLink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser's cookie: how it is come by, and who can use it. */
@Timeout(60)
class CookieTest {
    @TempDir
    static Path directory;

    private static HubServer server;

    @BeforeAll
    static void start() {
        server = HubServer.start(
                directory,
                config -> config.trustedProxies(Set.of("127.0.0.1")).allowedOrigins(Set.of("https://friend.example")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String origin() {
        return server.server().uri().toString();
    }

    private static String once() {
        return server.post("/api/auth/links", "").as(OneTimeLink.class).once();
    }

    private static Reply begin(String once, String... headers) {
        return anonymous("POST", "/api/auth/cookie", "{\"once\":\"" + once + "\"}", headers);
    }

    private static String cookie(String... headers) {
        String set = begin(once(), headers).header("Set-Cookie");
        assertNotNull(set);
        return set.substring(0, set.indexOf(';'));
    }

    private static Reply anonymous(String method, String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Authorization", "none"));
        all.addAll(List.of(headers));
        return server.call(method, path, body, all.toArray(new String[0]));
    }

    private static Reply with(String cookie, String method, String path, String... headers) {
        List<String> all = new ArrayList<>(List.of("Cookie", cookie));
        all.addAll(List.of(headers));
        String body = method.equals("POST") ? "{\"name\":\"x\"}" : null;
        return anonymous(method, path, body, all.toArray(new String[0]));
    }

    @Test
    void aLinkIsGoodForOneCookie() {
        String once = once();
        Reply begun = begin(once);
        assertEquals(200, begun.status(), begun::text);
        String set = begun.header("Set-Cookie");
        assertTrue(set.matches("pilot=[^;]+; Path=/; HttpOnly; SameSite=Strict"), set);
        assertEquals(
                200,
                with(set.substring(0, set.indexOf(';')), "GET", "/api/meta").status());
        Reply again = begin(once);
        assertEquals(401, again.status());
        assertFalse(again.text().contains(once));
        assertEquals(401, begin("never-given").status());
    }

    @Test
    void overTlsTheCookieIsTheHostsAlone() {
        String set = begin(once(), "X-Forwarded-Proto", "https").header("Set-Cookie");
        assertTrue(set.matches("__Host-pilot=[^;]+; Path=/; HttpOnly; SameSite=Strict; Secure"), set);
        String cookie = set.substring(0, set.indexOf(';'));
        assertEquals(
                200,
                with(cookie, "GET", "/api/meta", "X-Forwarded-Proto", "https").status());
        assertEquals(401, with(cookie, "GET", "/api/meta").status(), "not without TLS");
        String plain = cookie.substring("__Host-".length());
        assertEquals(
                401,
                with(plain, "GET", "/api/meta", "X-Forwarded-Proto", "https").status(),
                "and no other name, which a neighbour could set");
    }

    @Test
    void whatChangesSomethingMustComeFromOurOwnPage() {
        String cookie = cookie();
        assertEquals(
                201,
                with(cookie, "POST", "/api/projects", "Origin", origin(), "X-Pilot-Request", "1")
                        .status());
        assertEquals(
                201,
                with(cookie, "POST", "/api/projects", "Sec-Fetch-Site", "same-origin", "X-Pilot-Request", "1")
                        .status());
        String[][] foreign = {
            {},
            {"X-Pilot-Request", "1"},
            {"Origin", origin()},
            {"Sec-Fetch-Site", "same-origin"},
            {"Sec-Fetch-Site", "cross-site", "X-Pilot-Request", "1"},
            {"Sec-Fetch-Site", "same-site", "X-Pilot-Request", "1"},
            {"Sec-Fetch-Site", "none", "X-Pilot-Request", "1"},
            {"Sec-Fetch-Site", "cross-site", "Origin", origin(), "X-Pilot-Request", "1"},
            {"Origin", "https://friend.example", "X-Pilot-Request", "1"},
            {"Origin", "https://friend.example", "Sec-Fetch-Site", "same-origin", "X-Pilot-Request", "1"},
        };
        for (String[] headers : foreign) {
            Reply reply = with(cookie, "POST", "/api/projects", headers);
            assertEquals(403, reply.status(), () -> List.of(headers) + reply.text());
            assertEquals("not-the-console", reply.problem().code());
        }
        assertEquals(
                403,
                with(cookie, "POST", "/api/projects", "Origin", "https://evil.example", "X-Pilot-Request", "1")
                        .status());
    }

    @Test
    void readingIsForOurOwnPagesToo() {
        String cookie = cookie();
        assertEquals(
                200,
                with(cookie, "GET", "/api/meta", "Sec-Fetch-Site", "same-origin")
                        .status());
        assertEquals(
                200, with(cookie, "GET", "/api/meta", "Sec-Fetch-Site", "none").status());
        assertEquals(
                403,
                with(cookie, "GET", "/api/meta", "Sec-Fetch-Site", "cross-site").status());
        assertEquals(
                403,
                with(cookie, "GET", "/api/meta", "Origin", "https://friend.example")
                        .status());
        assertEquals(
                200,
                server.get("/api/meta", "Origin", "https://friend.example").status(),
                "a token in a header is not sent along by itself");
    }

    @Test
    void aSocketNeedsOurOwnPage() throws IOException {
        assertEquals("403", upgraded(""));
        assertEquals("403", upgraded("Origin: https://friend.example\r\n"));
        assertEquals("403", upgraded("Origin: https://evil.example\r\n"));
        assertEquals("403", upgraded("Sec-Fetch-Site: cross-site\r\nOrigin: http://localhost\r\n"));
        assertEquals("404", upgraded("Origin: http://localhost\r\n"), "looked for, and not there");
    }

    private static String upgraded(String headers) throws IOException {
        return server.raw("GET /ws/runs/x HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nCookie: "
                        + cookie()
                        + "\r\n" + headers + "\r\n")
                .substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3);
    }

    @Test
    void aSecondCookieOfTheNameWasSlippedIn() {
        String cookie = cookie();
        assertEquals(401, with(cookie + "; pilot=other", "GET", "/api/meta").status());
        assertEquals(
                200, with("a=b; " + cookie + "; pilotage=x", "GET", "/api/meta").status());
        assertEquals(401, with("pilot=%zz", "GET", "/api/meta").status());
    }

    @Test
    void aHeaderGoesBeforeTheCookie() {
        assertEquals(
                401,
                server.get("/api/meta", "Authorization", "Bearer wrong", "Cookie", cookie())
                        .status());
    }

    /** Browsers send it to every port of the host, so whoever listens there must be able to do nothing with it elsewhere. */
    @Test
    void theCookieIsNoToken() {
        String word = cookie().substring("pilot=".length());
        assertTrue(word.matches("[A-Za-z0-9_-]{43}"), word);
        assertEquals(
                401, server.get("/api/meta", "Authorization", "Bearer " + word).status());
        assertEquals(401, with("pilot=" + HubServer.ADMIN, "GET", "/api/meta").status(), "and a token is no cookie");
    }

    @Test
    void theCookieCanBeTakenBack() {
        String cookie = cookie();
        String other = cookie();
        assertEquals(403, takenBack(cookie).status());
        assertEquals(200, with(cookie, "GET", "/api/meta").status());
        Reply ended = takenBack(cookie, "Origin", origin(), "X-Pilot-Request", "1");
        assertEquals(200, ended.status(), ended::text);
        assertTrue(ended.header("Set-Cookie").startsWith("pilot=; "));
        assertTrue(ended.header("Set-Cookie").endsWith("Max-Age=0"));
        Reply after = with(cookie, "GET", "/api/meta");
        assertEquals(401, after.status(), "whoever kept it");
        assertTrue(after.text().contains("link"), after::text);
        assertEquals(200, with(other, "GET", "/api/meta").status());
    }

    private static Reply takenBack(String cookie, String... headers) {
        return with(cookie, "DELETE", "/api/auth/cookie", headers);
    }

    @Test
    void aCookieWhoseTokenWasRevokedCanBeTakenBack() {
        NewToken token = server.hub().tokens().create(new CreateToken("browser", Rights.of(Scope.READER)));
        String once = server.post("/api/auth/links", "", "Authorization", "Bearer " + token.secret())
                .as(OneTimeLink.class)
                .once();
        String set = begin(once).header("Set-Cookie");
        assertNotNull(set);
        String cookie = set.substring(0, set.indexOf(';'));
        assertEquals(200, with(cookie, "GET", "/api/meta").status());
        server.hub().tokens().revoke(token.token().id());
        assertEquals(401, with(cookie, "GET", "/api/meta").status());
        assertEquals(403, takenBack(cookie).status());
        assertEquals(
                403,
                takenBack(cookie + "; pilot=other").status(),
                "it makes no difference that another was slipped in");
        Reply ended = takenBack(cookie, "Origin", origin(), "X-Pilot-Request", "1");
        assertEquals(200, ended.status(), ended::text);
        assertTrue(ended.header("Set-Cookie").endsWith("Max-Age=0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/meta?token=",
                "/api/meta?TOKEN=",
                "/api/meta?%74oken=",
                "/api/projects?limit=1&access_token=",
                "/health?token=",
                "/nowhere?api_key=",
                "/api/auth/cookie?once=",
                "/api/runs/x/stream?x-pm-token="
            })
    void aTokenInAnAddressIsRefusedAndNotSaidAgain(String path) {
        Reply reply = server.get(path + "very-secret-value");
        assertEquals(400, reply.status());
        assertEquals("token-in-url", reply.problem().code());
        assertFalse(reply.text().contains("very-secret-value"));
    }
}
