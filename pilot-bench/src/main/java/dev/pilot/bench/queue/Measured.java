package dev.pilot.bench.queue;

import java.util.concurrent.TimeUnit;

/**
 * How fast a queue was.
 *
 * @param units how many units went through it
 * @param enqueueNanos how long it took to put them in
 * @param workNanos how long it took, from the start of the workers, till the last was done and the database knew it
 */
record Measured(int units, long enqueueNanos, long workNanos) {
    /** How long a queue may take before it is given up. */
    static final long PATIENCE = TimeUnit.MINUTES.toNanos(10);

    double enqueued() {
        return units * 1e9 / enqueueNanos;
    }

    /** From the first enqueue till the last was done. */
    double done() {
        return units * 1e9 / (enqueueNanos + workNanos);
    }
}
