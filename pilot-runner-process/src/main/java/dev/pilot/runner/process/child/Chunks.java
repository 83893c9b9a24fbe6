package dev.pilot.runner.process.child;

import dev.pilot.api.access.SecretRedactor.ByteSink;
import dev.pilot.api.run.OutputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Gathers a stream's redacted bytes into chunks, so that a child that prints byte by byte doesn't cost a call each. */
final class Chunks implements ByteSink {
    static final int SIZE = 64 * 1024;
    private static final long OLD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final OutputStream stream;
    private final ChildOutput output;
    private byte[] chunk = new byte[SIZE];
    private int length;
    private long since;
    private boolean cut;

    Chunks(OutputStream stream, ChildOutput output) {
        this.stream = stream;
        this.output = output;
    }

    @Override
    public void accept(byte[] bytes, int from, int count) {
        int at = from;
        int left = count;
        while (left > 0) {
            if (length == 0) {
                since = System.nanoTime();
            }
            int part = Math.min(left, SIZE - length);
            System.arraycopy(bytes, at, chunk, length, part);
            length += part;
            at += part;
            left -= part;
            if (length == SIZE) {
                flush();
            }
        }
    }

    boolean isOld() {
        return length > 0 && System.nanoTime() - since >= OLD_NANOS;
    }

    /** Passes on what there is. A full array goes as it is; the rest of a chunk is worth a small copy. */
    void flush() {
        if (length == 0) {
            return;
        }
        byte[] whole = chunk;
        if (length == SIZE) {
            chunk = new byte[SIZE];
        } else {
            whole = Arrays.copyOf(chunk, length);
        }
        length = 0;
        pass(whole);
    }

    private synchronized void pass(byte[] bytes) {
        if (!cut) {
            output.accept(stream, bytes);
        }
    }

    void end() {
        flush();
        tellEnd();
    }

    private synchronized void tellEnd() {
        if (!cut) {
            cut = true;
            output.ended(stream);
        }
    }

    /** After this, nothing is passed on any more; waits for a call under way. */
    synchronized void cut() {
        cut = true;
    }
}
