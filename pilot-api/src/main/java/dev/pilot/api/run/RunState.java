package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** The states of a run. The legal moves between them are {@link RunMove}. */
public enum RunState implements Named {
    /** Waits for approval to start. */
    PROPOSED("PROPOSED"),
    /** Waits for a worker. */
    QUEUED("QUEUED"),
    /** A worker holds it. */
    RUNNING("RUNNING"),
    /** Its worker waits for a decision. */
    BLOCKED("BLOCKED"),
    /** Its worker runs the gates. */
    GATES("GATES"),
    /** Its result waits for a decision. */
    REVIEW("REVIEW"),
    /** Done, and merged where there was something to merge. */
    SUCCEEDED("SUCCEEDED"),
    /** Failed; may be retried. */
    FAILED("FAILED"),
    /** Cancelled. */
    CANCELLED("CANCELLED");

    private final String wire;

    RunState(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }

    /**
     * Whether the run is over.
     *
     * @return true for {@code SUCCEEDED}, {@code FAILED} and {@code CANCELLED}
     */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /**
     * Whether a worker holds the run, so that it has a lease and counts against quotas.
     *
     * @return true for {@code RUNNING}, {@code BLOCKED} and {@code GATES}
     */
    public boolean isLeased() {
        return this == RUNNING || this == BLOCKED || this == GATES;
    }
}
