package dev.pilot.api.error;

/** A quota, a budget or a rate is used up. */
public final class OverLimit extends PilotException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param code the stable code
     * @param message which limit, its value, and the setting that changes it
     */
    public OverLimit(String code, String message) {
        super(ErrorKind.OVER_LIMIT, code, message, null);
    }
}
