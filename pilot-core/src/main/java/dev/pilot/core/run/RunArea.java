package dev.pilot.core.run;

import dev.pilot.api.access.Caller;
import dev.pilot.api.run.Agents;
import dev.pilot.api.run.Approvals;
import dev.pilot.api.run.Events;
import dev.pilot.api.run.Runs;
import dev.pilot.api.run.WorkQueue;
import dev.pilot.core.repo.RepoDesk;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Journal;
import dev.pilot.core.system.LeftFiles;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The run area of one hub: makes its parts, gives each caller its use-cases, sweeps. */
public final class RunArea implements AutoCloseable {
    private final HubContext hub;
    private final Journal journal;
    private final EventFeed feed;
    private final RunParts parts;
    private final Sweeper sweeper;

    /**
     * Makes the parts.
     *
     * @param hub what they stand on
     * @param journal writes events
     * @param repos handles copies of repositories
     * @param timer runs what is due
     * @param executor runs followers
     */
    public RunArea(HubContext hub, Journal journal, RepoDesk repos, ScheduledExecutorService timer, Executor executor) {
        this.hub = hub;
        this.journal = journal;
        this.feed = new EventFeed(hub.store(), executor);
        RunTransitions transitions = new RunTransitions(journal);
        ApprovalDesk approvals = new ApprovalDesk(hub, journal);
        RunBudgets budgets = new RunBudgets(transitions, approvals, journal);
        ReviewMerges merges = new ReviewMerges(hub, transitions, approvals, journal, repos);
        OutputFiles output =
                new OutputFiles(hub.data(), hub.redactor(), hub.config().maxOutput());
        this.parts = new RunParts(
                transitions,
                approvals,
                new Attempts(),
                new RunCreation(hub, transitions, approvals),
                new Decisions(hub, transitions, approvals, merges, budgets),
                merges,
                budgets,
                output,
                new OutputAnnouncer(hub.store(), output, hub.redactor(), hub.ids(), timer),
                new ArtifactFiles(hub.data(), hub.redactor()),
                new ClaimWaiters(timer));
        new LeftFiles(hub).workspaces();
        this.sweeper = new Sweeper(hub, parts, feed);
        long every = hub.config().sweepEvery().toMillis();
        Future<?> unused = timer.scheduleWithFixedDelay(sweeper::sweep, 0, every, TimeUnit.MILLISECONDS);
    }

    /**
     * The use-cases of agent profiles.
     *
     * @param caller who asks
     * @return the use-cases
     */
    public Agents agents(Caller caller) {
        return new AgentUseCases(hub, journal, caller);
    }

    /**
     * The use-cases of runs.
     *
     * @param caller who asks
     * @return the use-cases
     */
    public Runs runs(Caller caller) {
        return new RunUseCases(hub, parts, caller);
    }

    /**
     * The use-cases of approvals.
     *
     * @param caller who asks
     * @return the use-cases
     */
    public Approvals approvals(Caller caller) {
        return new ApprovalUseCases(hub, parts, caller);
    }

    /**
     * The use-cases of events.
     *
     * @param caller who asks
     * @return the use-cases
     */
    public Events events(Caller caller) {
        return new EventUseCases(hub, feed, caller);
    }

    /**
     * The worker's side of runs.
     *
     * @param caller who asks
     * @return the use-cases
     */
    public WorkQueue work(Caller caller) {
        return new WorkQueueUseCases(hub, parts, journal, caller);
    }

    /** Ends what waits and follows. */
    @Override
    public void close() {
        parts.waiters().close();
        feed.close();
    }
}
