package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** How an attempt ended, as its worker saw it. */
public enum RunResult implements Named {
    /** The command did its work and the gates passed. */
    SUCCEEDED("succeeded"),
    /** The command or a gate failed. */
    FAILED("failed"),
    /** It was ended on request. */
    CANCELLED("cancelled");

    private final String wire;

    RunResult(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
