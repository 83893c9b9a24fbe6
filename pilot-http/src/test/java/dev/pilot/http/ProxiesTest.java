package dev.pilot.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.api.error.Unauthenticated;
import dev.pilot.http.guard.Forwarding;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is believed to call, by what a proxy says or a liar makes up. */
@Timeout(60)
class ProxiesTest {
    private static final UnaryOperator<HttpConfig.Builder> BEHIND_PROXIES =
            config -> config.trustedProxies(Set.of("127.0.0.1", "10.0.0.0/8")).allowedHosts(Set.of("hub.example"));

    /** The address that the door sees. */
    private static String seen(UnaryOperator<HttpConfig.Builder> config, String... headers) throws IOException {
        AtomicReference<String> address = new AtomicReference<>();
        String answer = answer(config, address, headers);
        assertTrue(answer.startsWith("HTTP/1.1 401"), answer);
        return address.get();
    }

    private static String answer(
            UnaryOperator<HttpConfig.Builder> config, AtomicReference<String> address, String... headers)
            throws IOException {
        try (PilotServer server = HubServer.serve(
                        credentials -> {
                            address.set(credentials.address());
                            throw new Unauthenticated("nobody");
                        },
                        config);
                Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(30_000);
            String request = "GET /api/meta HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Test
    void nobodyIsBelievedWhoIsNotTrusted() throws IOException {
        for (String header : Set.of("X-Forwarded-For: 192.0.2.7", "Forwarded: for=192.0.2.7", "X-Real-IP: 192.0.2.7")) {
            assertEquals("127.0.0.1", seen(config -> config, header));
            assertEquals("127.0.0.1", seen(config -> config.trustedProxies(Set.of("10.0.0.0/8")), header));
        }
        assertFalse(answer(config -> config, new AtomicReference<>(), "X-Forwarded-Proto: https")
                .contains("Strict-Transport-Security"));
        assertTrue(answer(config -> config, new AtomicReference<>(), "X-Forwarded-Host: evil.example")
                .startsWith("HTTP/1.1 401"));
    }

    @Test
    void theLastOneThatIsNoProxyOfOursIsTheClient() throws IOException {
        assertEquals("192.0.2.7", seen(BEHIND_PROXIES, "X-Forwarded-For: 192.0.2.7"));
        assertEquals("192.0.2.7", seen(BEHIND_PROXIES, "X-Forwarded-For: 198.51.100.1, 192.0.2.7"));
        assertEquals("192.0.2.7", seen(BEHIND_PROXIES, "X-Forwarded-For: 127.0.0.1, 192.0.2.7, 10.2.3.4, 10.0.0.1"));
        assertEquals(
                "192.0.2.7",
                seen(BEHIND_PROXIES, "X-Forwarded-For: 198.51.100.1", "X-Forwarded-For: 192.0.2.7:5555, 10.0.0.1"));
        assertEquals("10.1.1.1", seen(BEHIND_PROXIES, "X-Forwarded-For: 10.1.1.1, 10.0.0.1"));
        assertEquals("127.0.0.1", seen(BEHIND_PROXIES));
    }

    @Test
    void whatCantBeReadIsNotGuessedAt() throws IOException {
        assertEquals("127.0.0.1", seen(BEHIND_PROXIES, "X-Forwarded-For: localhost"));
        assertEquals("10.0.0.1", seen(BEHIND_PROXIES, "X-Forwarded-For: 192.0.2.7, unknown, 10.0.0.1"));
        assertEquals("127.0.0.1", seen(BEHIND_PROXIES, "X-Forwarded-For: 192.0.2.7,"));
        assertEquals("192.0.2.7", seen(BEHIND_PROXIES, "X-Forwarded-For: " + "x, ".repeat(500) + "192.0.2.7"));
    }

    @Test
    void onlyTheHeadersThatTheProxyWritesAreRead() throws IOException {
        assertEquals("127.0.0.1", seen(BEHIND_PROXIES, "Forwarded: for=192.0.2.7"));
        UnaryOperator<HttpConfig.Builder> forwarded =
                config -> BEHIND_PROXIES.apply(config).forwarding(Forwarding.FORWARDED);
        assertEquals("127.0.0.1", seen(forwarded, "X-Forwarded-For: 192.0.2.7"));
        assertEquals(
                "2001:db8:0:0:0:0:0:9",
                seen(forwarded, "Forwarded: for=192.0.2.7, For=\"[2001:db8::9]:80\";proto=https;host=hub.example"));
        assertEquals("127.0.0.1", seen(forwarded, "Forwarded: for=_secret"));
    }

    @Test
    void overWhatTheClientCameIsTheProxysToSay() throws IOException {
        AtomicReference<String> address = new AtomicReference<>();
        assertTrue(answer(BEHIND_PROXIES, address, "X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: https")
                .contains("Strict-Transport-Security: max-age="));
        assertFalse(answer(BEHIND_PROXIES, address, "X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: https, http")
                .contains("Strict-Transport-Security"));
        assertTrue(answer(BEHIND_PROXIES, address, "X-Forwarded-Proto: https", "Origin: https://localhost")
                .startsWith("HTTP/1.1 401"));
        assertTrue(answer(BEHIND_PROXIES, address, "Origin: https://localhost").startsWith("HTTP/1.1 403"));
    }

    @Test
    void aNameThatAProxySaysIsCheckedToo() throws IOException {
        AtomicReference<String> address = new AtomicReference<>();
        assertTrue(answer(BEHIND_PROXIES, address, "X-Forwarded-Host: evil.example")
                .contains("host-not-allowed"));
        assertTrue(answer(BEHIND_PROXIES, address, "X-Forwarded-Host: hub.example", "Origin: http://hub.example")
                .startsWith("HTTP/1.1 401"));
        assertNotNull(address.get());
    }
}
