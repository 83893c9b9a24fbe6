package dev.pilot.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.http.guard.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class TlsTest {
    private static final String PASSWORD = "for-tests-only";

    @TempDir
    Path directory;

    private Path copy(String name, String as) throws IOException {
        Path file = directory.resolve(as);
        Path next = directory.resolve(as + ".next");
        try (InputStream in = Objects.requireNonNull(TlsTest.class.getResourceAsStream("tls/" + name))) {
            Files.write(next, in.readAllBytes());
        }
        // In a file system with coarse times, too, another file is seen to be another.
        Files.setLastModifiedTime(next, FileTime.fromMillis(System.currentTimeMillis() - name.length() * 10_000L));
        return Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static PilotServer serve(Tls tls) {
        return HubServer.serve(
                credentials -> {
                    throw new Unauthenticated("nobody");
                },
                config -> config.tls(tls));
    }

    /** Trusts everybody and remembers who it was. */
    private static SSLSocket connect(PilotServer server, String... protocols) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    null,
                    new TrustManager[] {
                        new X509TrustManager() {
                            @Override
                            public void checkClientTrusted(X509Certificate[] chain, String type) {}

                            @Override
                            public void checkServerTrusted(X509Certificate[] chain, String type) {}

                            @Override
                            public X509Certificate[] getAcceptedIssuers() {
                                return new X509Certificate[0];
                            }
                        }
                    },
                    new SecureRandom());
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port());
            socket.setSoTimeout(30_000);
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static String certificate(PilotServer server) throws IOException {
        try (SSLSocket socket = connect(server)) {
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }
    }

    private static String get(PilotServer server, String path) throws IOException {
        return get(server, path, "localhost");
    }

    private static String get(PilotServer server, String path, String host) throws IOException {
        try (SSLSocket socket = connect(server)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: https://" + host + "\r\n"
                                    + "Connection: close\r\n\r\n")
                            .getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    @Test
    void itIsSpokenWithACertificateFromEitherKindOfFile() throws IOException {
        for (Tls tls : new Tls[] {
            Tls.pkcs12(copy("first.p12", "a.p12"), PASSWORD),
            Tls.pem(copy("first.pem", "a.pem"), copy("first.key.pem", "a.key"))
        }) {
            try (PilotServer server = serve(tls)) {
                assertEquals("https", server.uri().getScheme());
                assertEquals("CN=first.pilot.test", certificate(server));
                String answer = get(server, "/health");
                assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
                assertTrue(answer.contains("Strict-Transport-Security: max-age=31536000"), answer);
                assertTrue(get(server, "/api/meta").startsWith("HTTP/1.1 401"));
            }
        }
    }

    @Test
    void itAnswersToTheNamesThatAreAllowedAlsoToThoseThatAreNotInTheCertificate() throws IOException {
        Tls tls = Tls.pkcs12(copy("first.p12", "a.p12"), PASSWORD);
        try (PilotServer server = HubServer.serve(
                credentials -> {
                    throw new Unauthenticated("nobody");
                },
                config -> config.tls(tls).allowedHosts(Set.of("hub.example")))) {
            assertTrue(get(server, "/health", "hub.example").startsWith("HTTP/1.1 200"));
            assertTrue(get(server, "/health", "evil.example").contains("host-not-allowed"));
        }
    }

    @Test
    void aRenewedCertificateIsServedWithoutARestart() throws Exception {
        Path certificate = copy("first.pem", "hub.pem");
        Path key = copy("first.key.pem", "hub.key");
        try (PilotServer server = serve(Tls.pem(certificate, key))) {
            assertEquals("CN=first.pilot.test", certificate(server));
            copy("second.pem", "hub.pem");
            // Half of the renewal: the old pair goes on to be served.
            for (int i = 0; i < 5; i++) {
                assertEquals("CN=first.pilot.test", certificate(server));
            }
            copy("second.key.pem", "hub.key");
            while (!certificate(server).equals("CN=second.pilot.test")) {
                Thread.onSpinWait();
            }
            assertTrue(get(server, "/health").startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void whatIsWrongWithTheFilesIsSaidAndNoPasswordIs() throws IOException {
        Path store = copy("first.p12", "a.p12");
        InvalidInput wrong = assertThrows(InvalidInput.class, () -> serve(Tls.pkcs12(store, "secret-but-wrong")));
        assertTrue(wrong.getMessage().contains("a.p12"), wrong.getMessage());
        assertFalse(wrong.getMessage().contains("secret-but-wrong"), wrong.getMessage());
        assertFalse(Tls.pkcs12(store, "secret-but-wrong").toString().contains("secret"));
        Path certificate = copy("first.pem", "b.pem");
        Path key = copy("second.key.pem", "b.key");
        assertTrue(assertThrows(InvalidInput.class, () -> serve(Tls.pem(certificate, key)))
                .getMessage()
                .contains("not the certificate's"));
        assertTrue(assertThrows(InvalidInput.class, () -> serve(Tls.pem(certificate, certificate)))
                .getMessage()
                .contains("openssl pkcs8"));
        assertThrows(InvalidInput.class, () -> serve(Tls.pem(directory.resolve("none"), key)));
    }

    @Test
    void oldVersionsAndPlainHttpAreNotSpoken() throws IOException {
        try (PilotServer server = serve(Tls.pkcs12(copy("first.p12", "a.p12"), PASSWORD))) {
            try (SSLSocket old = connect(server)) {
                old.setEnabledProtocols(new String[] {"TLSv1.1"});
                assertThrows(SSLException.class, old::startHandshake);
            }
            try (Socket plain = new Socket("127.0.0.1", server.port())) {
                plain.setSoTimeout(30_000);
                plain.getOutputStream().write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
                String answer = new String(plain.getInputStream().readAllBytes(), US_ASCII);
                assertFalse(answer.contains("HTTP/1.1 200"), answer);
                assertFalse(answer.contains("Location"), answer);
            }
        }
    }
}
