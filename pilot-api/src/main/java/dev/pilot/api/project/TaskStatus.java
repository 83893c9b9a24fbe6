package dev.pilot.api.project;

import dev.pilot.api.value.Named;

/** How far a task is. */
public enum TaskStatus implements Named {
    /** Not begun; ready once all it depends on is done. */
    TODO("todo"),
    /** A run has claimed it, or somebody works on it. */
    IN_PROGRESS("in-progress"),
    /** Its result waits for a look. */
    REVIEW("review"),
    /** Done. */
    DONE("done"),
    /** Given up. */
    CANCELLED("cancelled");

    private final String wire;

    TaskStatus(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
