package dev.pilot.e2e.fault.network;

import dev.pilot.e2e.fault.process.Tap;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Breaks a connection after some bytes, whichever way they go. */
final class RandomTap implements Tap {
    private static final int FEWEST = 100;
    private static final int MOST = 12_000;

    private final AtomicInteger left;

    RandomTap(Random random) {
        this.left = new AtomicInteger(FEWEST + random.nextInt(MOST - FEWEST));
    }

    @Override
    public int pass(Way way, byte[] bytes, int count) {
        int before = left.getAndAdd(-count);
        return Math.max(0, Math.min(before, count));
    }
}
