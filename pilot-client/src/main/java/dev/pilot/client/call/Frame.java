package dev.pilot.client.call;

import java.io.IOException;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One message of a stream of server-sent events.
 *
 * @param name its name
 * @param data its data, lines joined
 */
public record Frame(String name, String data) {
    private static final ByteString END = ByteString.encodeUtf8("\n\n");

    static boolean isWholeIn(Buffer buffer) throws IOException {
        return buffer.indexOf(END) >= 0;
    }

    /** Reads up to the empty line that ends a frame; frames without data, such as heartbeats, are skipped. */
    static @Nullable Frame read(BufferedSource source) throws IOException {
        String name = "message";
        StringBuilder data = null;
        for (String line = source.readUtf8Line(); line != null; line = source.readUtf8Line()) {
            if (line.isEmpty()) {
                if (data != null) {
                    return new Frame(name, data.toString());
                }
                name = "message";
            } else if (line.startsWith("event:")) {
                name = value(line, 6);
            } else if (line.startsWith("data:")) {
                String value = value(line, 5);
                data = data == null
                        ? new StringBuilder(value)
                        : data.append('\n').append(value);
            }
        }
        return null;
    }

    private static String value(String line, int from) {
        return line.substring(line.startsWith(" ", from) ? from + 1 : from);
    }
}
