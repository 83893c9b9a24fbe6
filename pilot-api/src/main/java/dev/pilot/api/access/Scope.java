package dev.pilot.api.access;

import dev.pilot.api.value.Named;

/** What a caller may do, as a whole. */
public enum Scope implements Named {
    /** Everything. */
    ADMIN("admin"),
    /** Everything but administering the hub: plans, approves, reviews. */
    OPERATOR("operator"),
    /** Reads, reports its own runs, events and actions. */
    AGENT("agent"),
    /** Claims runs and reports on them. */
    WORKER("worker"),
    /** Reads. */
    READER("reader");

    private final String wire;

    Scope(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
