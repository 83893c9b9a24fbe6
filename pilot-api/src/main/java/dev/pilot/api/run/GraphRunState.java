package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** How far a graph run is. */
public enum GraphRunState implements Named {
    /** Waits for approval to start. */
    PROPOSED("PROPOSED"),
    /** What is ready becomes a run, or people or others are at what is left. */
    RUNNING("RUNNING"),
    /** Begins nothing; what has begun goes on to its end. */
    PAUSED("PAUSED"),
    /** All of its tasks are done. */
    SUCCEEDED("SUCCEEDED"),
    /** Some tasks failed, were cancelled or depend on such; may be retried. */
    FAILED("FAILED"),
    /** Cancelled. */
    CANCELLED("CANCELLED");

    private final String wire;

    GraphRunState(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }

    /**
     * Whether it is over, unless somebody retries what failed.
     *
     * @return true if nothing more happens by itself
     */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
