package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** How far a task of a graph run is. */
public enum GraphNodeState implements Named {
    /** Something that it depends on is not done. */
    WAITING("waiting"),
    /** All that it depends on is done; its run is made as soon as there is room. */
    READY("ready"),
    /** It has a run of this graph run that is not over. */
    RUNNING("running"),
    /** Somebody else is at it: a person, or a run that is not of this graph run. */
    ELSEWHERE("elsewhere"),
    /** Done, by whomever. */
    DONE("done"),
    /** Its run failed for good, or could not be made. */
    FAILED("failed"),
    /** It depends on something that failed or was cancelled, perhaps by way of others. */
    BLOCKED("blocked"),
    /** The task or its run was cancelled. */
    CANCELLED("cancelled");

    private final String wire;

    GraphNodeState(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }

    /**
     * Whether what depends on it can't be begun as things are.
     *
     * @return true for failed, blocked and cancelled
     */
    public boolean blocks() {
        return this == FAILED || this == BLOCKED || this == CANCELLED;
    }
}
