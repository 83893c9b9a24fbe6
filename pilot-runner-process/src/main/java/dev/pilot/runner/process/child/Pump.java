package dev.pilot.runner.process.child;

import dev.pilot.api.access.SecretRedactor.RedactingStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Moves what a child prints on one stream through the redactor into chunks. It reads only when the last chunk is delivered, so a slow
 * receiver fills the pipe and the child waits. What is left while the child pauses, a {@link Flusher} passes on.
 */
final class Pump {
    /** After how long a pause a chunk is passed on, so that it is seen live. */
    private static final long CHUNK_IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** After how long a pause the redactor must give up what it holds back; a secret printed in two halves should be one by then. */
    private static final long REDACTOR_IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final InputStream in;
    private final RedactingStream redacting;
    private final Chunks chunks;
    private final Allowance allowance;
    private final Flusher flusher;
    /** Held while the redactor or the receiver is at work. */
    private final ReentrantLock work = new ReentrantLock();

    private volatile long arrived;
    private volatile boolean hasRest;
    private volatile long readingSince;

    Pump(InputStream in, RedactingStream redacting, Chunks chunks, Allowance allowance, Flusher flusher) {
        this.in = in;
        this.redacting = redacting;
        this.chunks = chunks;
        this.allowance = allowance;
        this.flusher = flusher;
    }

    /**
     * Moves all there is.
     *
     * @return false if there was more than allowed; the rest is lost then
     */
    boolean run() throws IOException {
        // When a child exits, Java takes over its streams: it reads what is there into memory, as long as any
        // background process
        // goes on printing, and closes them. It does so under the stream's own lock, so holding that keeps the stream
        // ours.
        synchronized (in) {
            try (in) {
                boolean isWhole = move();
                work.lock();
                try {
                    redacting.flush();
                    chunks.end();
                } finally {
                    work.unlock();
                }
                return isWhole;
            }
        }
    }

    private boolean move() throws IOException {
        byte[] buffer = new byte[Chunks.SIZE];
        for (int count = read(buffer); count >= 0; count = read(buffer)) {
            int allowed = allowance.take(count);
            pass(buffer, allowed);
            if (allowed < count) {
                return false;
            }
        }
        return true;
    }

    private int read(byte[] buffer) throws IOException {
        readingSince = System.nanoTime() | 1; // never 0, which means that it doesn't read
        try {
            return in.read(buffer, 0, buffer.length);
        } finally {
            readingSince = 0;
        }
    }

    private void pass(byte[] bytes, int count) {
        boolean isFirst;
        work.lock();
        try {
            redacting.write(bytes, 0, count);
            if (chunks.isOld()) {
                chunks.flush();
            }
            arrived = System.nanoTime();
            isFirst = !hasRest;
            hasRest = true;
        } finally {
            work.unlock();
        }
        if (isFirst) {
            flusher.wake();
        }
    }

    /**
     * Passes on what has waited long enough.
     *
     * @return in how many nanoseconds to look again, or {@link Long#MAX_VALUE} if nothing waits
     */
    long flushWhatWaits() {
        if (!hasRest) {
            return Long.MAX_VALUE;
        } else if (System.nanoTime() - arrived < CHUNK_IDLE_NANOS || !work.tryLock()) {
            return CHUNK_IDLE_NANOS;
        }
        try {
            long pause = System.nanoTime() - arrived;
            if (pause < REDACTOR_IDLE_NANOS) {
                chunks.flush();
                return REDACTOR_IDLE_NANOS - pause;
            }
            redacting.flush();
            chunks.flush();
            hasRest = false;
            return Long.MAX_VALUE;
        } finally {
            work.unlock();
        }
    }

    /** Whether it has waited that long for the child, rather than for the receiver. */
    boolean hasWaited(Duration wait) {
        long since = readingSince;
        return since != 0 && System.nanoTime() - since >= wait.toNanos();
    }

    /** Nothing is passed on any more. */
    void cut() {
        chunks.cut();
    }
}
