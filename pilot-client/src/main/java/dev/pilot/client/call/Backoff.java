package dev.pilot.client.call;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before something is tried again: longer each time, and never the same for two callers, so that they don't come back
 * all at once.
 *
 * @param first about how long before the second try
 * @param longest the longest wait
 */
public record Backoff(Duration first, Duration longest) {
    /** For calls, whose callers wait. */
    static final Backoff OF_CALLS = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    /** For streams, which come back until they are closed. */
    public static final Backoff OF_STREAMS = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(15));

    /**
     * How long to wait.
     *
     * @param failures how often it has failed in a row, from 1
     * @return a random time between half of the step and all of it
     */
    public Duration after(int failures) {
        long step = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, 20));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(step / 2, step + 1));
    }
}
