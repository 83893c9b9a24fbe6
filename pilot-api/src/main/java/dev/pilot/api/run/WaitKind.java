package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** What a run that nobody has claimed waits for. */
public enum WaitKind implements Named {
    /** It is not in the queue: it waits for a decision, is being worked on, or is over. */
    STATE("state"),
    /** The pause after a failed attempt. */
    BACK_OFF("back-off"),
    /** Its graph run, which is paused or being cancelled. */
    GRAPH_RUN("graph-run"),
    /** Tasks that its task depends on. */
    DEPENDENCIES("dependencies"),
    /** Room in a quota. */
    QUOTA("quota"),
    /** Room in a budget that it shares with others. */
    BUDGET("budget"),
    /** A worker that has its runner and its labels. */
    NO_WORKER("no-worker"),
    /** A free slot: all workers that could take it are busy. */
    BUSY("busy"),
    /** Its turn: others go first. */
    TURN("turn");

    private final String wire;

    WaitKind(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
