package dev.pilot.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Those who say half of what they want, one letter at a time, from many sockets, or two things at once. */
@Timeout(120)
class SlowClientsTest {
    private static final String HEAD = "Host: localhost\r\nAuthorization: Bearer " + HubServer.ADMIN + "\r\n";

    @TempDir
    Path directory;

    @Test
    void aRequestThatComesLetterByLetterIsCutOffHoweverBusyItLooks() throws Exception {
        try (HubServer server = HubServer.start(directory, config -> config.headerTimeout(Duration.ofMillis(300)));
                Socket socket = server.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /health HTTP/1.1\r\nHost: localhost\r\n".getBytes(US_ASCII));
            boolean cut = false;
            socket.setSoTimeout(50);
            while (!cut) {
                try {
                    out.write("X-A: b\r\n".getBytes(US_ASCII));
                    cut = socket.getInputStream().read() >= 0
                            || socket.getInputStream().read() < 0;
                } catch (java.net.SocketTimeoutException more) {
                    // Not yet: one more line.
                } catch (SocketException broken) {
                    cut = true;
                }
            }
            assertEquals(200, server.get("/health").status());
        }
    }

    @Test
    void aConnectionThatSaysNothingAtAllIsCutOffAsSoon() throws Exception {
        try (HubServer server = HubServer.start(
                        directory,
                        config -> config.headerTimeout(Duration.ofMillis(300)).idleTimeout(Duration.ofMinutes(10)));
                Socket socket = server.connect()) {
            assertTrue(isEnd(socket));
        }
    }

    private static boolean isEnd(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void aConnectionThatIsUsedAgainAndAgainIsNotCutOff() throws Exception {
        try (HubServer server = HubServer.start(directory, config -> config.headerTimeout(Duration.ofMillis(300)));
                Socket socket = server.connect()) {
            long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            int answers = 0;
            while (System.nanoTime() < end) {
                socket.getOutputStream().write(("GET /health HTTP/1.1\r\n" + HEAD + "\r\n").getBytes(US_ASCII));
                readAnswer(socket.getInputStream());
                answers++;
            }
            assertTrue(answers > 2, "only " + answers);
        }
    }

    @Test
    void aWaitingCallAndAStreamAreNotCutOff() throws Exception {
        try (HubServer server = HubServer.start(directory, config -> config.headerTimeout(Duration.ofMillis(200)));
                Socket socket = server.connect()) {
            String wait = "{\"workerId\":\"w\",\"limit\":1,\"waitFor\":\"PT3S\",\"lease\":\"PT30S\"}";
            socket.getOutputStream()
                    .write(("POST /api/runs/claim HTTP/1.1\r\n" + HEAD
                                    + "Content-Type: application/json\r\nContent-Length: " + wait.length() + "\r\n\r\n"
                                    + wait)
                            .getBytes(US_ASCII));
            String answer = readAnswer(socket.getInputStream());
            assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        }
    }

    private static String readAnswer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after " + head);
            }
            head.append((char) next);
        }
        int from = head.indexOf("Content-Length: ") + "Content-Length: ".length();
        in.readNBytes(Integer.parseInt(head.substring(from, head.indexOf("\r\n", from))));
        return head.toString();
    }

    @Test
    void oneAddressHasSoManyConnectionsAndAProxyAsManyAsItNeeds() throws Exception {
        try (HubServer server = HubServer.start(directory, config -> config.maxAddressConnections(5))) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Socket socket = server.connect();
                sockets.add(socket);
                socket.getOutputStream().write(("GET /health HTTP/1.1\r\n" + HEAD + "\r\n").getBytes(US_ASCII));
                readAnswer(socket.getInputStream());
            }
            try (Socket sixth = server.connect()) {
                assertTrue(isClosed(sixth));
            }
            for (Socket socket : sockets) {
                socket.close();
            }
            boolean again = false;
            while (!again) {
                try (Socket next = server.connect()) {
                    again = !isClosed(next);
                }
            }
        }
        try (PilotServer server = HubServer.serve(
                credentials -> {
                    throw new IllegalStateException();
                },
                config -> config.maxAddressConnections(1).trustedProxies(Set.of("127.0.0.0/8")))) {
            try (Socket first = new Socket("127.0.0.1", server.port());
                    Socket second = new Socket("127.0.0.1", server.port())) {
                second.setSoTimeout(30_000);
                assertTrue(first.isConnected());
                assertTrue(!isClosed(second));
            }
        }
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write(("GET /health HTTP/1.1\r\n" + HEAD + "\r\n").getBytes(US_ASCII));
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
                "Content-Length: 2, 2\r\n\r\n{}",
                "Content-Length: 2\r\nContent-Length: 30\r\n\r\n{}",
                "Content-Length: +2\r\n\r\n{}",
                "Content-Length: -2\r\n\r\n{}",
                "Content-Length: 0x2\r\n\r\n{}",
                "Content-Length: 2 \u00002\r\n\r\n{}",
                "Content-Length: 99999999999999999999\r\n\r\n{}",
                "Content-Length : 2\r\n\r\n{}",
                "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: identity, chunked, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip\r\n\r\n{}",
                "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding:\u000bchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "X: y\r\n folded\r\nContent-Length: 2\r\n\r\n{}",
                "X: y\rContent-Length: 2\r\n\r\n{}",
                "X: a\u0000b\r\nContent-Length: 2\r\n\r\n{}",
                "X\u00e9: y\r\nContent-Length: 2\r\n\r\n{}",
                "no colon\r\nContent-Length: 2\r\n\r\n{}",
                ": nameless\r\nContent-Length: 2\r\n\r\n{}",
                "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n",
            })
    void whatCanBeReadInTwoWaysIsNotReadAtAll(String rest) throws IOException {
        try (HubServer server = HubServer.start(directory);
                Socket socket = server.connect()) {
            // Were the body another request to somebody, the project would be there.
            String request = "POST /api/projects HTTP/1.1\r\n" + HEAD + "Content-Type: application/json\r\n" + rest;
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertTrue(answer.startsWith("HTTP/1.1 400") || answer.startsWith("HTTP/1.1 501"), answer);
            assertTrue(answer.contains("application/problem+json"), answer);
            assertTrue(answer.contains("Connection: close"), answer);
            assertTrue(answer.contains("X-Content-Type-Options: nosniff"), answer);
            assertEquals(1, answer.split("HTTP/1.1 ", -1).length - 1, answer);
        }
    }
}
