package dev.pilot.e2e.fault.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sends bytes as they are over a connection of their own, and reads what comes back. */
final class Wire {
    private static final int PATIENCE = 30_000;
    private static final int LONGEST = 1 << 20;

    private Wire() {}

    /**
     * What came back.
     *
     * @param status the status; 0 if the connection was closed without an answer, -1 if nothing came in a long time
     * @param head the status line and the headers
     * @param body the body, or its beginning
     */
    record Answer(int status, String head, String body) {
        boolean isProblem() {
            return head.toLowerCase(Locale.ROOT).contains("\r\ncontent-type: application/problem+json");
        }
    }

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE);
        socket.setSoTimeout(PATIENCE);
        return socket;
    }

    /** Sends all of it and says that no more will come. */
    static Answer send(int port, byte[] request, boolean head) throws IOException {
        try (Socket socket = connect(port)) {
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
            } catch (SocketException closedMeanwhile) {
                // What was answered before can still be read.
            }
            return read(socket.getInputStream(), head);
        }
    }

    private static Answer read(InputStream in, boolean head) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            byte[] buffer = new byte[8_192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                all.write(buffer, 0, count);
                if (all.size() > LONGEST || isWhole(all.toString(ISO_8859_1), head)) {
                    break;
                }
            }
        } catch (SocketTimeoutException hang) {
            return new Answer(-1, all.toString(ISO_8859_1), "");
        } catch (SocketException reset) {
            // Closed with what we sent unread; as good as closed.
        }
        String text = all.toString(ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (!text.matches("(?s)HTTP/1\\.1 [0-9]{3}.*") || end < 0) {
            return new Answer(0, text, "");
        }
        String headers = text.substring(0, end + 2);
        String length = value(headers.toLowerCase(Locale.ROOT), "content-length");
        String rest = text.substring(end + 4);
        // What we sent beyond what we said is another request to the server, with an answer of its own.
        String body = length == null ? rest : rest.substring(0, Math.min(rest.length(), Integer.parseInt(length)));
        return new Answer(Integer.parseInt(text.substring(9, 12)), headers, body);
    }

    /** Streams have no end, and other answers say how long they are. */
    private static boolean isWhole(String text, boolean head) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        String headers = text.substring(0, end + 2).toLowerCase(Locale.ROOT);
        String length = value(headers, "content-length");
        return head
                || headers.startsWith("http/1.1 101")
                || headers.contains("text/event-stream")
                || headers.startsWith("http/1.1 204")
                || headers.startsWith("http/1.1 304")
                || length != null && text.length() >= end + 4 + Long.parseLong(length)
                || text.endsWith("\r\n0\r\n\r\n");
    }

    private static @Nullable String value(String headers, String name) {
        int at = headers.indexOf("\r\n" + name + ": ");
        return at < 0
                ? null
                : headers.substring(at + name.length() + 4, headers.indexOf("\r\n", at + 2))
                        .strip();
    }
}
