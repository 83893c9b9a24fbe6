package dev.pilot.runner.process.child;

import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Passes on what pumps have left over while their child pauses; sleeps while there is no such thing. */
final class Flusher {
    private volatile @Nullable Thread thread;
    private volatile boolean isDone;

    /** Looks after the pumps until told that they are done. */
    void run(Collection<Pump> pumps) {
        thread = Thread.currentThread();
        while (!isDone) {
            long wait = Long.MAX_VALUE;
            for (Pump pump : pumps) {
                wait = Math.min(wait, pump.flushWhatWaits());
            }
            // a wake-up in between is not lost: parking returns at once then
            LockSupport.parkNanos(this, wait);
        }
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    void done() {
        isDone = true;
        wake();
    }
}
