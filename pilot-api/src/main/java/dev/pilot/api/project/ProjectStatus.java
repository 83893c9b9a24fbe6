package dev.pilot.api.project;

import dev.pilot.api.value.Named;

/** How far a project is. */
public enum ProjectStatus implements Named {
    /** Being planned. */
    PLANNING("planning"),
    /** Being worked on. */
    IN_PROGRESS("in-progress"),
    /** Resting. */
    PAUSED("paused"),
    /** Done. */
    COMPLETED("completed"),
    /** Given up. */
    CANCELLED("cancelled");

    private final String wire;

    ProjectStatus(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
