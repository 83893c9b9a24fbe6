package dev.pilot.core.config;

import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How guessing passwords is slowed down. Defaults: after 5 failures of a name, or 50 from an address, 30 s without log-in, after each
 * further one twice as long, 15 min at most.
 *
 * @param attempts after how many failures in a row a name is locked
 * @param addressAttempts after how many an address is; one of version 6 counts by its first 64 bits
 * @param first how long the first time
 * @param longest the longest time; after as long without an attempt, failures are forgotten
 */
public record LockOut(int attempts, int addressAttempts, Duration first, Duration longest) {
    /** The defaults. */
    public static final LockOut DEFAULTS = new LockOut(5, 50, Duration.ofSeconds(30), Duration.ofMinutes(15));

    /**
     * Checks it all.
     *
     * @throws InvalidInput if something is out of range; it names it all
     */
    public LockOut {
        List<FieldError> problems = new ArrayList<>();
        if (attempts < 1) {
            problems.add(new FieldError("attempts", "must be 1 at least, but is " + attempts));
        }
        if (addressAttempts < 1) {
            problems.add(new FieldError("addressAttempts", "must be 1 at least, but is " + addressAttempts));
        }
        if (first.isNegative() || first.isZero() || first.compareTo(longest) > 0) {
            problems.add(new FieldError("first", "must be more than nothing and no more than longest, " + longest));
        }
        if (longest.compareTo(Duration.ofDays(30)) > 0) {
            problems.add(new FieldError("longest", "must be 30 days at most, but is " + longest));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInput("invalid", problems);
        }
    }
}
