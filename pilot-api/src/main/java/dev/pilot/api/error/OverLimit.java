package dev.pilot.api.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A quota, a budget or a rate is used up. */
public final class OverLimit extends PilotException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    /**
     * Makes one of a limit that doesn't pass with time.
     *
     * @param code the stable code
     * @param message which limit, its value, and the setting that changes it
     */
    public OverLimit(String code, String message) {
        this(code, message, null);
    }

    /**
     * Makes one.
     *
     * @param code the stable code
     * @param message which limit, its value, and the setting that changes it
     * @param retryAfter after what time it may go; null if that can't be known
     */
    public OverLimit(String code, String message, @Nullable Duration retryAfter) {
        super(ErrorKind.OVER_LIMIT, code, message, null);
        this.retryAfter = retryAfter;
    }

    /**
     * When to try again.
     *
     * @return after what time it may go; empty if that can't be known
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
