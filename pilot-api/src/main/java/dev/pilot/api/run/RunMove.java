package dev.pilot.api.run;

import static dev.pilot.api.run.RunState.BLOCKED;
import static dev.pilot.api.run.RunState.CANCELLED;
import static dev.pilot.api.run.RunState.FAILED;
import static dev.pilot.api.run.RunState.GATES;
import static dev.pilot.api.run.RunState.PROPOSED;
import static dev.pilot.api.run.RunState.QUEUED;
import static dev.pilot.api.run.RunState.REVIEW;
import static dev.pilot.api.run.RunState.RUNNING;
import static dev.pilot.api.run.RunState.SUCCEEDED;

import dev.pilot.api.value.Named;
import java.util.EnumSet;
import java.util.Set;

/** The legal moves of a run: the one table of them. A move's name is the {@code move} of the status event that it writes. */
public enum RunMove implements Named {
    /** Somebody lets it start. */
    APPROVE("approve", QUEUED, PROPOSED),
    /** Somebody refuses to let it start. */
    DECLINE("decline", CANCELLED, PROPOSED),
    /** A worker takes it: the next attempt begins. */
    CLAIM("claim", RUNNING, QUEUED),
    /** Its worker asks something. */
    INTERRUPT("interrupt", BLOCKED, RUNNING),
    /** The answer is there. */
    RESUME("resume", RUNNING, BLOCKED),
    /** The command ended well and the gates begin. */
    GATE("gate", GATES, RUNNING),
    /** The attempt ended well and somebody must look at it. */
    PRESENT("present", REVIEW, RUNNING, GATES),
    /** The attempt ended well and nothing more is asked; or the reviewer accepts it. */
    SUCCEED("succeed", SUCCEEDED, RUNNING, GATES, REVIEW),
    /** The attempt failed and another one is due; or its lease expired. */
    REQUEUE("requeue", QUEUED, RUNNING, GATES, BLOCKED),
    /** The report of an attempt that was given up for lost comes after all, and nobody has claimed the run again. */
    REVIVE("revive", RUNNING, QUEUED, FAILED),
    /** The reviewer sends it back with feedback. */
    RETURN("return", QUEUED, REVIEW),
    /** It failed for good. */
    FAIL("fail", FAILED, RUNNING, GATES, BLOCKED, REVIEW),
    /** Somebody has a failed run tried again. */
    RETRY("retry", QUEUED, FAILED),
    /** Somebody cancels it. */
    CANCEL("cancel", CANCELLED, PROPOSED, QUEUED, RUNNING, BLOCKED, GATES, REVIEW);

    private final String wire;
    private final RunState to;
    private final Set<RunState> from;

    RunMove(String wire, RunState to, RunState first, RunState... more) {
        this.wire = wire;
        this.to = to;
        this.from = Set.copyOf(EnumSet.of(first, more));
    }

    @Override
    public String wire() {
        return wire;
    }

    /**
     * Where it leads.
     *
     * @return the state after it
     */
    public RunState to() {
        return to;
    }

    /**
     * Where it may be made.
     *
     * @return the states before it
     */
    public Set<RunState> from() {
        return from;
    }

    /**
     * Whether it may be made now.
     *
     * @param state the state now
     * @return true if it is legal
     */
    public boolean isLegalFrom(RunState state) {
        return from.contains(state);
    }
}
