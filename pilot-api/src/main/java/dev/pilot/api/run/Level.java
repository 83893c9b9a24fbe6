package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** How much an event matters. */
public enum Level implements Named {
    /** For finding faults. */
    DEBUG("debug"),
    /** As usual. */
    INFO("info"),
    /** Worth a look. */
    WARN("warn"),
    /** Something failed. */
    ERROR("error");

    private final String wire;

    Level(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
