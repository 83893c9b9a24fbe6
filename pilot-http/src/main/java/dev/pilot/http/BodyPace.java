package dev.pilot.http;

import dev.pilot.api.error.ErrorKind;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How fast a body must come. That it comes at all is watched by the connection's idle time-out, so it is enough to look whenever some of
 * it has come.
 */
final class BodyPace {
    private static final long GRACE = TimeUnit.SECONDS.toNanos(10);

    private final long start = System.nanoTime();
    private final int rate;

    /** So many bytes a second on average, after the first ten seconds; 0 for however slow. */
    BodyPace(int rate) {
        this.rate = rate;
    }

    boolean isTooSlow(long bytes) {
        long taken = System.nanoTime() - start;
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
