package dev.pilot.http;

import dev.pilot.api.error.ErrorKind;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How fast a body must come. That it comes at all is watched by the connection's idle time-out, so it is enough to look whenever some of
 * it has come.
 */
final class BodyPace {
    private static final long GRACE = TimeUnit.SECONDS.toNanos(10);

    private final int rate;
    private final LongSupplier clock;
    private final long start;

    /** So many bytes a second on average, after the first ten seconds; 0 for however slow. The clock tells nanoseconds. */
    BodyPace(int rate, LongSupplier clock) {
        this.rate = rate;
        this.clock = clock;
        this.start = clock.getAsLong();
    }

    boolean isTooSlow(long bytes) {
        long taken = clock.getAsLong() - start;
        return rate > 0 && taken > GRACE && bytes < rate * (taken / 1e9);
    }

    static Refusal tooSlow() {
        return new Refusal(
                408,
                ErrorKind.INVALID,
                "body-too-slow",
                "The body comes too slowly to be waited for.",
                Map.of("Connection", "close"));
    }
}
