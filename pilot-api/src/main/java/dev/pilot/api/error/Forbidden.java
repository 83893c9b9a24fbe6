package dev.pilot.api.error;

/** The caller is known, but has no scope for this. */
public final class Forbidden extends PilotException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param code the stable code
     * @param message what was asked for and which scope it needs
     */
    public Forbidden(String code, String message) {
        super(ErrorKind.FORBIDDEN, code, message, null);
    }
}
