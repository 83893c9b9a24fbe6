package dev.pilot.core.run;

import dev.pilot.api.run.Run;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a run pauses after a failed attempt: twice as long after each. A fifth of it depends on the run, so that the runs of a worker that
 * was lost don't all come back at once.
 */
record BackOff(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 30;

    Instant until(Instant now, Run run, int failures) {
        Duration pause = longest;
        if (failures <= MOST_DOUBLINGS) {
            Duration doubled = first.multipliedBy(1L << (failures - 1));
            pause = doubled.compareTo(longest) < 0 ? doubled : longest;
        }
        long spread = pause.toMillis() / 5;
        long less = spread == 0 ? 0 : Math.floorMod(run.id().value().hashCode(), spread);
        return now.plus(pause.minusMillis(less));
    }
}
