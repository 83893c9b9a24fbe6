package dev.pilot.api.project;

import dev.pilot.api.value.Named;

/** What usage can be added up by. */
public enum UsageKey implements Named {
    /** The day on which it was reported, UTC. */
    DAY("day"),
    /** The project. */
    PROJECT("project"),
    /** The agent profile. */
    AGENT("agent"),
    /** The model. */
    MODEL("model"),
    /** The model's provider. */
    PROVIDER("provider");

    private final String wire;

    UsageKey(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
