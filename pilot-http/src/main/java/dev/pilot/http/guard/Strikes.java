package dev.pilot.http.guard;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How often somebody was wrong: after so many times there is a wait, each time twice as long. After as long as the longest wait without
 * another time, all is forgotten. Threads may share it.
 */
final class Strikes {
    private static final long FIRST_WAIT = TimeUnit.SECONDS.toNanos(1);

    private final int allowed;
    private final long longest;
    private final LongSupplier clock;
    private final Recent<Count> counts;

    /** Guarded by its part of the table. */
    private static final class Count {
        private int times;
        private long last;
    }

    Strikes(RateLimits limits, LongSupplier clock) {
        this.allowed = limits.failures();
        this.longest = limits.longestWait().toNanos();
        this.clock = clock;
        this.counts = new Recent<>(limits.remembered(), Count::new);
    }

    /** Nanoseconds that are left to wait; 0 or less for none. */
    long left(String who) {
        return counts.find(who, 0L, count -> count.last + pause(count.times) - clock.getAsLong());
    }

    /** Counts one more; true if it is the first that is known of. */
    boolean add(String who) {
        long now = clock.getAsLong();
        return counts.with(who, count -> {
            boolean forgotten = now - count.last > pause(count.times) + longest;
            count.times = forgotten ? 1 : count.times + 1;
            count.last = now;
            return count.times == 1;
        });
    }

    int size() {
        return counts.size();
    }

    private long pause(int times) {
        int beyond = times - allowed;
        return beyond < 0 ? 0 : beyond > 30 ? longest : Math.min(longest, FIRST_WAIT << beyond);
    }
}
