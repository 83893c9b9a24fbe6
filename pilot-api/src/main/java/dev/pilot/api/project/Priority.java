package dev.pilot.api.project;

import dev.pilot.api.value.Named;

/** How pressing a project is. */
public enum Priority implements Named {
    /** Can wait. */
    LOW("low"),
    /** As usual. */
    MEDIUM("medium"),
    /** Soon. */
    HIGH("high"),
    /** Now. */
    URGENT("urgent");

    private final String wire;

    Priority(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
