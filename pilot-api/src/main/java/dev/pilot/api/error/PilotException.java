package dev.pilot.api.error;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A promise that Pilot could not keep. The same types are thrown by an embedded hub and by the client, so a caller can't tell
 * one from the other. Messages say what to mend and never hold a secret.
 */
public abstract sealed class PilotException extends RuntimeException
        permits InvalidInput,
                NotFound,
                AlreadyExists,
                Conflict,
                NotAllowed,
                Forbidden,
                Unauthenticated,
                LeaseLost,
                OverLimit,
                Unavailable,
                OutcomeUnknown {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final String code;
    private final String text;

    /**
     * Makes one.
     *
     * @param kind the family member
     * @param code the stable code, lower case with hyphens
     * @param message what happened and what would mend it
     * @param cause what was caught, if anything
     */
    PilotException(ErrorKind kind, String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = requireNonNull(kind, "kind");
        this.code = requireNonNull(code, "code");
        this.text = requireNonNull(message, "message");
    }

    /**
     * Which kind of failure this is.
     *
     * @return the kind
     */
    public final ErrorKind kind() {
        return kind;
    }

    /**
     * A stable code for programs, finer than the kind, such as {@code task-cycle}.
     *
     * @return the code
     */
    public final String code() {
        return code;
    }

    /**
     * The message, which is never absent.
     *
     * @return what happened and what would mend it
     */
    @Override
    public final String getMessage() {
        return text;
    }
}
