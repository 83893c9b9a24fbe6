package dev.pilot.runner.process.child;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Points of {@link System#nanoTime}, which no clock change moves. */
final class Deadline {
    /** Far enough; the whole range would overflow when compared. */
    private static final Duration FOREVER = Duration.ofDays(36500);

    private Deadline() {}

    static long never() {
        return after(FOREVER);
    }

    static long after(Duration wait) {
        return System.nanoTime() + (wait.compareTo(FOREVER) > 0 ? FOREVER : wait).toNanos();
    }

    static long left(long deadline) {
        return deadline - System.nanoTime();
    }

    static boolean isOver(long deadline) {
        return left(deadline) <= 0;
    }

    /** The rest in whole milliseconds, at least 1 while there is one. */
    static long leftMillis(long deadline) {
        return TimeUnit.NANOSECONDS.toMillis(left(deadline) + 999_999);
    }
}
