package dev.pilot.api.run;

import static dev.pilot.api.run.GraphRunState.CANCELLED;
import static dev.pilot.api.run.GraphRunState.FAILED;
import static dev.pilot.api.run.GraphRunState.PAUSED;
import static dev.pilot.api.run.GraphRunState.PROPOSED;
import static dev.pilot.api.run.GraphRunState.RUNNING;
import static dev.pilot.api.run.GraphRunState.SUCCEEDED;

import dev.pilot.api.value.Named;
import java.util.EnumSet;
import java.util.Set;

/** The legal moves of a graph run: the one table of them. A move's name is the {@code move} of the status event that it writes. */
public enum GraphRunMove implements Named {
    /** Somebody lets it start. */
    APPROVE("approve", RUNNING, PROPOSED),
    /** Somebody refuses to let it start. */
    DECLINE("decline", CANCELLED, PROPOSED),
    /** Somebody has it begin nothing more for now. */
    PAUSE("pause", PAUSED, RUNNING),
    /** Somebody has it go on. */
    RESUME("resume", RUNNING, PAUSED),
    /** The last of its tasks is done. */
    SUCCEED("succeed", SUCCEEDED, RUNNING, PAUSED),
    /** Nothing can go on any more, and not all is done. */
    FAIL("fail", FAILED, RUNNING, PAUSED),
    /** Somebody has what failed tried again, or a run that was given up goes on after all. */
    RETRY("retry", RUNNING, FAILED),
    /** Somebody cancels it. */
    CANCEL("cancel", CANCELLED, PROPOSED, RUNNING, PAUSED);

    private final String wire;
    private final GraphRunState to;
    private final Set<GraphRunState> from;

    GraphRunMove(String wire, GraphRunState to, GraphRunState first, GraphRunState... more) {
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
    public GraphRunState to() {
        return to;
    }

    /**
     * Where it may be made.
     *
     * @return the states before it
     */
    public Set<GraphRunState> from() {
        return from;
    }

    /**
     * Whether it may be made now.
     *
     * @param state the state now
     * @return true if it is legal
     */
    public boolean isLegalFrom(GraphRunState state) {
        return from.contains(state);
    }
}
