package dev.pilot.core.config;

import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long who has logged in stays so. Defaults: tokens of 15 min; a session ends 7 days after its last refresh and 30 days after the
 * log-in; 100 sessions of a user.
 *
 * @param access how long a token holds that is shown at the door
 * @param idle how long a refresh token holds
 * @param longest how long a session lasts, however often it is refreshed
 * @param most how many sessions a user may have; the oldest make room
 */
public record SessionLimits(Duration access, Duration idle, Duration longest, int most) {
    /** The defaults. */
    public static final SessionLimits DEFAULTS =
            new SessionLimits(Duration.ofMinutes(15), Duration.ofDays(7), Duration.ofDays(30), 100);

    /**
     * Checks it all.
     *
     * @throws InvalidInput if something is out of range; it names it all
     */
    public SessionLimits {
        List<FieldError> problems = new ArrayList<>();
        if (access.compareTo(Duration.ofSeconds(1)) < 0 || access.compareTo(idle) > 0) {
            problems.add(new FieldError("access", "must be from 1 s to idle, " + idle + ", but is " + access));
        }
        if (idle.compareTo(longest) > 0) {
            problems.add(new FieldError("idle", "must be no more than longest, " + longest + ", but is " + idle));
        }
        if (most < 1 || most > 10_000) {
            problems.add(new FieldError("most", "must be from 1 to 10000, but is " + most));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInput("invalid", problems);
        }
    }
}
