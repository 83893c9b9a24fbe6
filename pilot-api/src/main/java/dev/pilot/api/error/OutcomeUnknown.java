package dev.pilot.api.error;

import org.jspecify.annotations.Nullable;

/** The answer was lost on the way, so whether it happened isn't known: look, or repeat with the same id or key. */
public final class OutcomeUnknown extends PilotException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what may or may not have happened
     * @param cause what was caught, if anything
     */
    public OutcomeUnknown(String message, @Nullable Throwable cause) {
        super(ErrorKind.OUTCOME_UNKNOWN, "outcome-unknown", message, cause);
    }
}
