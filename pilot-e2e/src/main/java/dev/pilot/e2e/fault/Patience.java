package dev.pilot.e2e.fault;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions; long enough for a slow machine, and only where something is broken as long as that. */
public final class Patience {
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);
    private static final long BETWEEN = TimeUnit.MILLISECONDS.toNanos(10);

    private Patience() {}

    /**
     * Waits for something without which the suite can't go on.
     *
     * @param what what is waited for
     * @param condition whether it is there
     * @throws IllegalStateException if it doesn't come
     */
    public static void await(String what, BooleanSupplier condition) {
        if (!holds(condition)) {
            throw new IllegalStateException("waited in vain: " + what);
        }
    }

    /**
     * Waits for something.
     *
     * @param condition whether it is there
     * @return false if it doesn't come
     */
    public static boolean holds(BooleanSupplier condition) {
        long end = System.nanoTime() + LONGEST;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN);
        }
        return true;
    }
}
