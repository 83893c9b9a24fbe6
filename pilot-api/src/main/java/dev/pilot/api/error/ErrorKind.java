package dev.pilot.api.error;

/** The kinds of {@link PilotException}, for switching over them without a default. */
public enum ErrorKind {
    /** The request itself is wrong; the same request will never work. */
    INVALID("invalid"),
    /** There is no such entity, or the caller may not know of it. */
    NOT_FOUND("not-found"),
    /** The id or key is taken by something with other content. */
    ALREADY_EXISTS("already-exists"),
    /** The entity has changed since the caller read it. */
    CONFLICT("conflict"),
    /** The entity's state doesn't allow this now. */
    NOT_ALLOWED("not-allowed"),
    /** The caller is known, but may not do this. */
    FORBIDDEN("forbidden"),
    /** The caller isn't known. */
    UNAUTHENTICATED("unauthenticated"),
    /** The worker no longer holds the run. */
    LEASE_LOST("lease-lost"),
    /** A quota, budget or rate is used up. */
    OVER_LIMIT("over-limit"),
    /** Something that Pilot needs is away; trying again later may help. */
    UNAVAILABLE("unavailable"),
    /** Whether it happened isn't known: look before trying again. */
    OUTCOME_UNKNOWN("outcome-unknown");

    private final String wire;

    ErrorKind(String wire) {
        this.wire = wire;
    }

    /**
     * The kind's name on the wire.
     *
     * @return lower case with hyphens
     */
    public String wire() {
        return wire;
    }
}
