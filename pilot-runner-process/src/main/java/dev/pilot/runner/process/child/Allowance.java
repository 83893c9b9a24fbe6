package dev.pilot.runner.process.child;

import java.util.concurrent.atomic.AtomicLong;

/** How much a child may still print, on all its outputs together. */
final class Allowance {
    private final AtomicLong left;

    Allowance(long bytes) {
        left = new AtomicLong(Math.max(0, bytes));
    }

    /** Takes some bytes off; answers how many of them are within the allowance. */
    int take(int bytes) {
        long before = left.getAndAccumulate(bytes, (rest, taken) -> Math.max(0, rest - taken));
        return (int) Math.min(before, bytes);
    }
}
