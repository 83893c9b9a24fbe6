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
    private static final ByteString DATA = ByteString.encodeUtf8("data:");
    private static final ByteString DATA_LINE = ByteString.encodeUtf8("\ndata:");

    /** Whether a frame with data is there to its end; one without, such as a heartbeat, is skipped by {@link #read}. */
    static boolean isWholeIn(Buffer buffer) throws IOException {
        long from = 0;
        for (long end = buffer.indexOf(END); end >= 0; end = buffer.indexOf(END, from)) {
            long line = buffer.indexOf(DATA_LINE, from);
            if (buffer.rangeEquals(from, DATA) || line >= 0 && line < end) {
                return true;
            }
            from = end + END.size();
        }
        return false;
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
