package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** For whom a grant of a tool holds. */
public enum GrantScope implements Named {
    /** The run that asked, with all its attempts. */
    RUN("run"),
    /** Every run of the same agent profile in the same project. */
    AGENT("agent"),
    /** Every run of the same project. */
    PROJECT("project");

    private final String wire;

    GrantScope(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
