package dev.pilot.api.error;

/** The credential is missing, wrong, expired or revoked. */
public final class Unauthenticated extends PilotException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what is missing; never the credential
     */
    public Unauthenticated(String message) {
        super(ErrorKind.UNAUTHENTICATED, "unauthenticated", message, null);
    }
}
