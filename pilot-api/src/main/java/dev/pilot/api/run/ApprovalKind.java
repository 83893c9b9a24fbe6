package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** What an approval decides. */
public enum ApprovalKind implements Named {
    /** Whether a run may start. */
    START("start"),
    /** Whether a tool may be used. */
    TOOL("tool"),
    /** Whether a budget may be extended. */
    BUDGET("budget"),
    /** Whether something may leave the hub. */
    PUBLISH("publish"),
    /** A question of an agent. */
    QUESTION("question"),
    /** Whether a run's result is accepted. */
    REVIEW("review"),
    /** Whether a proposed change is applied. */
    ACTION("action");

    private final String wire;

    ApprovalKind(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
