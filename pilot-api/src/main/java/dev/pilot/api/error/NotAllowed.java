package dev.pilot.api.error;

/** The entity's state doesn't allow this now; the message names the state and what would be legal. */
public final class NotAllowed extends PilotException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param code the stable code, such as {@code illegal-transition}
     * @param message why not, and what would be legal
     */
    public NotAllowed(String code, String message) {
        super(ErrorKind.NOT_ALLOWED, code, message, null);
    }
}
