package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** Whether a tool may be used. */
public enum ToolVerdict implements Named {
    /** It may be used now. */
    ALLOWED("allowed"),
    /** It may not. */
    DENIED("denied"),
    /** Somebody has to decide first; the run is blocked until then. */
    ASKED("asked");

    private final String wire;

    ToolVerdict(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
