package dev.pilot.runner.process.child;

import dev.pilot.api.error.InvalidInput;
import java.time.Duration;

/**
 * How patient to be with children.
 *
 * @param grace how long to be polite to one that is ended for going over a limit, or because its runner closes; default 5 s
 * @param drain how long processes that a child left in the background may go on printing after it has exited; default 2 s
 */
public record ChildLimits(Duration grace, Duration drain) {
    /** The defaults. */
    public static final ChildLimits DEFAULT = new ChildLimits(Duration.ofSeconds(5), Duration.ofSeconds(2));

    /**
     * Checks the values.
     *
     * @throws InvalidInput if one is absent or negative
     */
    public ChildLimits {
        check(grace, "grace");
        check(drain, "drain");
    }

    private static void check(Duration value, String field) {
        if (InvalidInput.required(value, field).isNegative()) {
            throw InvalidInput.of(field, "must not be negative");
        }
    }
}
