package dev.pilot.http.stream;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Writes one buffer after another, by callback: no thread waits for a slow reader. What waits is bounded by those who write:
 * each waits for its own buffer. Threads may share it.
 */
final class FrameWriter {
    private static final int SLICE = 1 << 16;

    private final Content.Sink sink;
    private final Queue<Pending> waiting = new ArrayDeque<>();
    private @Nullable Pending current;
    private long since;
    private @Nullable Throwable failure;
    private boolean held = true;
    private boolean last;

    private record Pending(ByteBuffer bytes, boolean last, CompletableFuture<Void> written) {}

    FrameWriter(Content.Sink sink) {
        this.sink = sink;
    }

    /** Completes when the bytes are out, or with why they never will be. */
    CompletableFuture<Void> write(ByteBuffer bytes) {
        return add(bytes, false);
    }

    /** Writes the last bytes; whatever is written after them is dropped. */
    CompletableFuture<Void> finish(ByteBuffer bytes) {
        return add(bytes, true);
    }

    private CompletableFuture<Void> add(ByteBuffer bytes, boolean isLast) {
        Pending pending = new Pending(bytes, isLast, new CompletableFuture<>());
        Throwable broken;
        synchronized (this) {
            broken = failure;
            if (broken == null && last) {
                pending.written.complete(null);
                return pending.written;
            }
            last |= isLast;
            if (broken == null) {
                waiting.add(pending);
            }
        }
        if (broken != null) {
            pending.written.completeExceptionally(broken);
        } else {
            writeNext();
        }
        return pending.written;
    }

    /** Begins to write; until then everything waits. */
    void release() {
        synchronized (this) {
            held = false;
            since = System.nanoTime();
        }
        writeNext();
    }

    /** For how many nanoseconds there was nothing to write. */
    synchronized long idleFor(long now) {
        return current == null && waiting.isEmpty() && !held ? now - since : 0;
    }

    /** For how many nanoseconds the reader has not taken what is being written. */
    synchronized long stalledFor(long now) {
        return current == null ? 0 : now - since;
    }

    private void writeNext() {
        Pending next;
        synchronized (this) {
            if (held || current != null || failure != null || waiting.isEmpty()) {
                return;
            }
            next = waiting.remove();
            current = next;
            since = System.nanoTime();
        }
        writeSlice(next);
    }

    /** Slices, so that a reader that does read, if slowly, is seen to do so within a long write. */
    private void writeSlice(Pending pending) {
        ByteBuffer bytes = pending.bytes;
        ByteBuffer slice = bytes.slice(bytes.position(), Math.min(SLICE, bytes.remaining()));
        bytes.position(bytes.position() + slice.remaining());
        boolean end = pending.last && !bytes.hasRemaining();
        sink.write(end, slice, Callback.from(() -> written(pending), this::fail));
    }

    private void written(Pending pending) {
        boolean more = pending.bytes.hasRemaining();
        synchronized (this) {
            since = System.nanoTime();
            if (!more) {
                current = null;
            }
        }
        if (more) {
            writeSlice(pending);
        } else {
            pending.written.complete(null);
            writeNext();
        }
    }

    /** Fails what is being written and what waits. */
    void fail(Throwable cause) {
        Queue<Pending> lost = new ArrayDeque<>();
        synchronized (this) {
            if (failure == null) {
                failure = cause;
            }
            if (current != null) {
                lost.add(current);
                current = null;
            }
            lost.addAll(waiting);
            waiting.clear();
        }
        lost.forEach(pending -> pending.written.completeExceptionally(cause));
    }
}
