package dev.pilot.core.graph;

import dev.pilot.api.access.Caller;
import dev.pilot.api.project.GraphRuns;
import dev.pilot.core.approval.ApprovalDesk;
import dev.pilot.core.approval.DecisionEffect;
import dev.pilot.core.limit.ScopeBudgets;
import dev.pilot.core.project.TaskWatch;
import dev.pilot.core.run.RunDesk;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Journal;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The graph runs of one hub: gives each caller its use-cases, follows what happens to tasks, goes on with what is left to be done. */
public final class GraphArea {
    private static final Logger LOG = LoggerFactory.getLogger(GraphArea.class);

    private final HubContext hub;
    private final GraphParts parts;
    private final GraphSweep sweep;
    private final Executor timer;
    private final AtomicBoolean sweeping = new AtomicBoolean();

    /**
     * Makes it.
     *
     * @param hub what it stands on
     * @param journal writes events
     * @param approvals writes approvals
     * @param budgets sets what runs may use together
     * @param runs makes, retries and cancels runs
     * @param timer does what is left to be done
     */
    public GraphArea(
            HubContext hub,
            Journal journal,
            ApprovalDesk approvals,
            ScopeBudgets budgets,
            RunDesk runs,
            Executor timer) {
        this.hub = hub;
        this.parts = new GraphParts(hub, journal, runs, approvals, budgets, this::sweepSoon);
        this.sweep = new GraphSweep(hub, parts);
        this.timer = timer;
    }

    /** Soon, on another thread: the unit of work that asks for it has to be over first. */
    private void sweepSoon() {
        if (sweeping.compareAndSet(false, true)) {
            try {
                timer.execute(() -> {
                    sweeping.set(false);
                    try {
                        sweep.due();
                    } catch (RuntimeException failure) {
                        LOG.warn("Graph runs could not go on: {}", failure.getMessage(), failure);
                    }
                });
            } catch (RejectedExecutionException closing) {
                LOG.debug("The hub closes; the next one goes on with what is due.", closing);
            }
        }
    }

    /**
     * The use-cases of graph runs.
     *
     * @param caller who asks
     * @return the use-cases
     */
    public GraphRuns graphs(Caller caller) {
        return new GraphRunUseCases(hub, parts, caller);
    }

    /**
     * Has graph runs follow what happens to their tasks.
     *
     * @return is to be told
     */
    public TaskWatch watch() {
        return new GraphWatch(parts);
    }

    /**
     * Begins graph runs that were approved, and ends those that were not.
     *
     * @return what decisions about graph runs do
     */
    public DecisionEffect decisions() {
        return new GraphDesk(parts);
    }

    /** Does what steps have left to be done, and now and then looks whether all is as the record says. */
    public void sweep() {
        sweep.sweep();
    }
}
