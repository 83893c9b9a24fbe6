package dev.pilot.server;

import dev.pilot.api.access.AuditFormat;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the records of an export that go through it, and knows the last one's hash. For one thread. */
final class ExportTally extends FilterOutputStream {
    private static final Pattern HASH = Pattern.compile("([0-9a-f]{64})\"}?\\R?$");
    /** More than a hash and what stands behind it. */
    private static final int END = 80;

    private final boolean isTable;
    private final byte[] end = new byte[END];
    private long written;
    private long lines;
    private boolean isQuoted;

    ExportTally(OutputStream out, AuditFormat format) {
        super(out);
        this.isTable = format == AuditFormat.CSV;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        for (int i = from; i < from + length; i++) {
            count(bytes[i]);
        }
    }

    /** In a table, a value may hold line ends: those between quotes. A line of JSON holds none. */
    private void count(byte b) {
        if (isTable && b == '"') {
            isQuoted = !isQuoted;
        } else if (b == '\n' && !isQuoted) {
            lines++;
        }
        end[(int) (written++ % END)] = b;
    }

    long records() {
        return isTable ? Math.max(0, lines - 1) : lines;
    }

    String lastHash() {
        int length = (int) Math.min(written, END);
        byte[] last = new byte[length];
        for (int i = 0; i < length; i++) {
            last[i] = end[(int) ((written - length + i) % END)];
        }
        Matcher hash = HASH.matcher(new String(last, StandardCharsets.US_ASCII));
        return hash.find() ? hash.group(1) : "unknown";
    }
}
