package dev.pilot.api.run;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a worker has been at the current attempt, by the store's clock. It stands still while the run waits for a decision or its
 * gates run.
 *
 * @param workedMillis how long it ran before {@code since}
 * @param reportedMillis what the worker has reported of this attempt's time itself; it is part of the run's usage already
 * @param since since when it has been running, or null while it stands still
 * @param warned whether somebody was warned that the time is running out
 */
public record RunClock(
        long workedMillis, long reportedMillis, @Nullable Instant since, boolean warned) {
    /**
     * One of an attempt that begins.
     *
     * @param now the store's time
     * @return the clock
     */
    public static RunClock startingAt(Instant now) {
        return new RunClock(0, 0, now, false);
    }

    /**
     * How long the attempt took till then.
     *
     * @param now the store's time
     * @return milliseconds
     */
    public long millisAt(Instant now) {
        return workedMillis
                + (since == null ? 0 : Math.max(0, Duration.between(since, now).toMillis()));
    }

    /**
     * The same, stopped.
     *
     * @param now the store's time
     * @return the clock
     */
    public RunClock stoppedAt(Instant now) {
        return new RunClock(millisAt(now), reportedMillis, null, warned);
    }

    /**
     * The same, running again.
     *
     * @param now the store's time
     * @return the clock
     */
    public RunClock resumedAt(Instant now) {
        return since == null ? new RunClock(workedMillis, reportedMillis, now, warned) : this;
    }

    /**
     * The same after the worker reported time of its own.
     *
     * @param millis how much
     * @return the clock
     */
    public RunClock reported(long millis) {
        return new RunClock(workedMillis, reportedMillis + millis, since, warned);
    }

    /**
     * The same, after or before a warning.
     *
     * @param told whether somebody was warned
     * @return the clock
     */
    public RunClock warned(boolean told) {
        return new RunClock(workedMillis, reportedMillis, since, told);
    }

    /**
     * The time that the hub counts itself, since the worker reported none.
     *
     * @param now the store's time
     * @return milliseconds
     */
    public long unreportedAt(Instant now) {
        return reportedMillis > 0 ? 0 : millisAt(now);
    }
}
