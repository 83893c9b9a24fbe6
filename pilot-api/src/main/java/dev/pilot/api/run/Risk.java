package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** What a wrong decision could cost. */
public enum Risk implements Named {
    /** Little. */
    LOW("low"),
    /** Some work. */
    MEDIUM("medium"),
    /** A lot. */
    HIGH("high");

    private final String wire;

    Risk(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
