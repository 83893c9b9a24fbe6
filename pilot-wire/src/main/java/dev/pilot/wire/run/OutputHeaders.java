package dev.pilot.wire.run;

/** What the headers of a piece of output are called. */
public final class OutputHeaders {
    /** The attempt that printed it. */
    public static final String ATTEMPT = "Pilot-Attempt";

    /** Where the bytes start. */
    public static final String FROM = "Pilot-Output-From";

    /** How many bytes there are so far. */
    public static final String SIZE = "Pilot-Output-Size";

    private OutputHeaders() {}
}
