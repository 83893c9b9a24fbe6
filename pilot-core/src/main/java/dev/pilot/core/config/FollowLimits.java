package dev.pilot.core.config;

import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What following events may cost. Defaults: the latest 4,096 events or 16 Mi characters in memory, at most 50 ms between two looks.
 *
 * @param recentEvents how many of the latest events are kept in memory for followers that keep up
 * @param recentSize how many characters these may have
 * @param longestTick the longest pause between two looks at what is new; the more there is to do, the longer it gets
 */
public record FollowLimits(int recentEvents, long recentSize, Duration longestTick) {
    /** The defaults. */
    public static final FollowLimits DEFAULTS = new FollowLimits(4_096, 16L << 20, Duration.ofMillis(50));

    /**
     * Checks it all.
     *
     * @throws InvalidInput if something is out of range; it names it all
     */
    public FollowLimits {
        List<FieldError> problems = new ArrayList<>();
        if (recentEvents < 1 || recentEvents > 1 << 20) {
            problems.add(new FieldError("recentEvents", "must be from 1 to " + (1 << 20) + ", but is " + recentEvents));
        }
        if (recentSize < 1) {
            problems.add(new FieldError("recentSize", "must be at least 1, but is " + recentSize));
        }
        if (longestTick.toMillis() < 1 || longestTick.toMillis() > 1_000) {
            problems.add(new FieldError("longestTick", "must be from 1 ms to 1 s, but is " + longestTick));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInput("invalid", problems);
        }
    }
}
