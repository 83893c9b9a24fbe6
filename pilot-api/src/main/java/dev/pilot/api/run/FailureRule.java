package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** What a graph run does when one of its tasks has failed. */
public enum FailureRule implements Named {
    /** Goes on with what does not depend on it. */
    CONTINUE("continue"),
    /** Begins nothing more; what has begun goes on to its end. */
    STOP("stop");

    private final String wire;

    FailureRule(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
