package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** Who carries a run out. */
public enum RunnerKind implements Named {
    /** A command, as a process of the worker. */
    PROCESS("process"),
    /** A tool-using agent in the worker. */
    AGENT("agent"),
    /** A desktop agent on another machine. */
    REMOTE("remote"),
    /** An agent outside that reports for itself. */
    EXTERNAL("external");

    private final String wire;

    RunnerKind(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
