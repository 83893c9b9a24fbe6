package dev.pilot.e2e.fault.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Clients that begin and don't end: they keep their connections open, and some go on letter by letter. Not for several threads. */
final class HalfOpen implements AutoCloseable {
    private static final List<String> BEGINNINGS = List.of(
            "",
            "G",
            "GET /health HTTP/1.1\r\nHost: loc",
            "POST /api/projects HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 1000\r\n\r\n{\"name\":",
            "POST /api/projects HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"n",
            "POST /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/x-ndjson\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}",
            "POST /api/projects HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n",
            "GET /ws/runs/x HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001",
            "PRI * HTTP/2.0\r\n\r\n");

    private final List<Socket> sockets = new ArrayList<>();

    HalfOpen(Random random, int port, String token, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Socket socket = Wire.connect(port);
            sockets.add(socket);
            String beginning = BEGINNINGS.get(random.nextInt(BEGINNINGS.size()));
            socket.getOutputStream().write(beginning.replace("%s", token).getBytes(ISO_8859_1));
        }
    }

    /** One letter more on each connection, so that none of them is idle. */
    void drip() {
        for (Socket socket : sockets) {
            try {
                socket.getOutputStream().write(' ');
            } catch (IOException cutOff) {
                // as it should be, in the end
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
