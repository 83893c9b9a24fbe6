package dev.pilot.core.audit;

import dev.pilot.api.access.AuditEvent;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A list as a text, of which a page at a time is in memory. For one thread at a time. */
final class AuditExport extends InputStream {
    private final Function<PageRequest, Page<AuditEvent>> list;
    private final AuditText text;
    private @Nullable PageRequest next = PageRequest.first(PageRequest.MAX_LIMIT);
    private byte[] bytes;
    private int position;
    private boolean closed;

    AuditExport(Function<PageRequest, Page<AuditEvent>> list, AuditText text) {
        this.list = list;
        this.text = text;
        this.bytes = text.head().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether there is a byte to read. */
    private boolean fill() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        while (position == bytes.length) {
            PageRequest request = next;
            if (request == null) {
                return false;
            }
            Page<AuditEvent> page = list.apply(request);
            StringBuilder lines = new StringBuilder();
            page.items().forEach(event -> lines.append(text.of(event)));
            bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
            position = 0;
            next = page.next() == null ? null : request.after(page.next());
        }
        return true;
    }

    @Override
    public int read() throws IOException {
        return fill() ? bytes[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, to.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, bytes.length - position);
        System.arraycopy(bytes, position, to, from, count);
        position += count;
        return count;
    }

    @Override
    public void close() {
        closed = true;
        next = null;
    }
}
