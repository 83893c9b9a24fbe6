package dev.pilot.core.run;

import dev.pilot.api.access.Caller;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.run.Agents;
import dev.pilot.api.run.Approvals;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.Runs;
import dev.pilot.api.run.WorkQueue;
import dev.pilot.api.run.Workers;
import dev.pilot.api.value.Registration;
import dev.pilot.core.approval.ApprovalDesk;
import dev.pilot.core.approval.DecisionEffect;
import dev.pilot.core.event.EventFeed;
import dev.pilot.core.limit.LimitArea;
import dev.pilot.core.limit.UsageBook;
import dev.pilot.core.output.ArtifactFiles;
import dev.pilot.core.output.OutputDesk;
import dev.pilot.core.project.TaskWatch;
import dev.pilot.core.queue.ClaimDesk;
import dev.pilot.core.queue.Presence;
import dev.pilot.core.repo.RepoDesk;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Journal;
import dev.pilot.core.system.LeftFiles;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The run area of one hub: makes its parts, gives each caller its use-cases, sweeps. */
public final class RunArea implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunArea.class);

    private final HubContext hub;
    private final Journal journal;
    private final RunParts parts;
    private final EventFeed feed;
    private final ScheduledExecutorService timer;
    private final WorkDesk desk;
    private final Registration hints;

    /**
     * What other areas do for this one.
     *
     * @param approvals writes approvals
     * @param effects what decisions about other things than runs do
     * @param repos handles copies of repositories
     * @param watch is told what happens to tasks
     * @param feed tells of events
     * @param limits say what runs may use
     */
    public record Others(
            ApprovalDesk approvals,
            DecisionEffect effects,
            RepoDesk repos,
            TaskWatch watch,
            EventFeed feed,
            LimitArea limits) {}

    /**
     * Makes the parts.
     *
     * @param hub what they stand on
     * @param journal writes events
     * @param others the other areas
     * @param timer runs what is due
     * @param executor runs what comes of waiting
     */
    public RunArea(HubContext hub, Journal journal, Others others, ScheduledExecutorService timer, Executor executor) {
        this.hub = hub;
        this.journal = journal;
        this.feed = others.feed();
        this.timer = timer;
        ApprovalDesk approvals = others.approvals();
        UsageBook book = others.limits().usage();
        RunTransitions transitions = new RunTransitions(journal, book, others.watch());
        ReviewMerges merges = new ReviewMerges(hub, transitions, approvals, journal, others.repos());
        OutputDesk output = new OutputDesk(hub, timer);
        Attempts attempts = new Attempts();
        RunBudgets budgets = new RunBudgets(transitions, approvals, attempts, book, journal);
        ArtifactFiles files = new ArtifactFiles(hub.data(), hub.redactor());
        ToolUse tools = new ToolUse(hub, transitions, approvals, budgets, journal);
        RunCreation creation = new RunCreation(hub, transitions, approvals, attempts);
        this.parts = new RunParts(
                transitions,
                approvals,
                attempts,
                creation,
                new RunIntake(hub, creation),
                new Decisions(hub, transitions, approvals, merges, budgets, tools, others.effects()),
                merges,
                budgets,
                new DecisionWaits(hub.store(), feed, executor),
                tools,
                output,
                files,
                new BackOff(hub.config().retryPause(), hub.config().maxRetryPause()));
        Claims claims = new Claims(hub, transitions, attempts, files);
        this.desk = new WorkDesk(
                new ClaimDesk(claims::claim, this::giveBack, timer, executor),
                new Presence(hub.store(), hub.config().maxLease()),
                new Reports(hub, parts),
                new LostAnswers(hub, parts),
                others.repos());
        this.hints = hub.store().onCommit(desk.claims()::wake);
        new LeftFiles(hub).workspaces();
    }

    /**
     * Begins to sweep, at once and then regularly.
     *
     * @param also what is swept with the runs, by the same thread; what it throws keeps nothing else from being swept
     */
    public void start(Runnable also) {
        Sweeper sweeper = new Sweeper(hub, parts, desk.claims(), feed, also);
        long every = hub.config().sweepEvery().toMillis();
        Future<?> unused = timer.scheduleWithFixedDelay(sweeper::sweep, 0, every, TimeUnit.MILLISECONDS);
    }

    /** Nobody waits for these any more, so nobody would begin them. */
    private void giveBack(List<Assignment> claimed) {
        for (Assignment assignment : claimed) {
            Lease lease = Objects.requireNonNull(assignment.run().lease());
            try {
                Run unused = hub.store()
                        .write("run.release", unit -> Finishing.released(unit, parts, RunLookup.held(unit, lease)));
            } catch (PilotException late) {
                LOG.info("Run {} was not given back: {}", lease.runId(), late.getMessage());
            }
        }
    }

    /**
     * Has runs made and cancelled by other areas.
     *
     * @return what they are made and cancelled by
     */
    public RunDesk desk() {
        return new RunDesk(parts);
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
        return new ApprovalUseCases(hub, parts, journal, caller);
    }

    /**
     * The use-cases of workers.
     *
     * @param caller who asks
     * @return the use-cases
     */
    public Workers workers(Caller caller) {
        return new WorkerUseCases(hub, journal, caller);
    }

    /**
     * The worker's side of runs.
     *
     * @param caller who asks
     * @return the use-cases
     */
    public WorkQueue work(Caller caller) {
        return new WorkQueueUseCases(hub, parts, desk, journal, caller);
    }

    /** Ends what waits. */
    @Override
    public void close() {
        hints.close();
        desk.claims().close();
    }
}
