package dev.pilot.core.worker;

import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.Gate;
import dev.pilot.api.run.GateResult;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunError;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerAdapter;
import dev.pilot.api.run.RunnerResult;
import dev.pilot.api.run.RunnerTask;
import dev.pilot.api.run.Usage;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.system.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt of a run, from its claim to its report. */
final class Execution {
    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);
    /** The hub may wait for less. */
    private static final Duration DECISION_WAIT = Duration.ofSeconds(60);

    private final ExecutionParts parts;
    private final Assignment assignment;
    private final Run run;
    private final Lease lease;
    private final RunnerAdapter runner;
    private volatile long heardAt = System.nanoTime();
    private volatile @Nullable String lost;
    private volatile boolean givenBack;
    private volatile boolean reported;
    private RunnerAdapter.@Nullable Work work;
    /** The thread that carries it out, while it does. */
    private @Nullable Thread thread;

    Execution(ExecutionParts parts, Assignment assignment, RunnerAdapter runner) {
        this.parts = parts;
        this.assignment = assignment;
        this.run = assignment.run();
        this.lease = Objects.requireNonNull(run.lease(), "a claimed run has a lease");
        this.runner = runner;
    }

    Lease lease() {
        return lease;
    }

    void heard() {
        heardAt = System.nanoTime();
    }

    /** The hub can't be reached: once the lease must have expired, the run is no longer ours. */
    void unheard(Duration length) {
        if (System.nanoTime() - heardAt > length.toNanos()) {
            lose("the hub can't be reached");
        }
    }

    /** The run is no longer ours: whatever goes on is ended, and nothing is reported. */
    void lose(String reason) {
        if (lost == null) {
            lost = reason;
            LOG.info("Run {} attempt {} is ended: {}.", run.id(), lease.attempt(), reason);
            stop();
        }
    }

    /** The worker closes: whatever goes on is ended, and the run goes back to the queue. */
    void giveBack() {
        givenBack = true;
        stop();
    }

    private synchronized void stop() {
        if (work != null) {
            work.cancel(parts.config().cancelGrace());
        } else if (thread != null) {
            thread.interrupt();
        }
    }

    private synchronized void begin(Thread current) {
        thread = current;
    }

    /** From here on an interrupt would reach whatever the thread does next. */
    private synchronized void end() {
        thread = null;
    }

    /** Once a command runs, it is ended by cancelling it, and waited for: its workspace is not taken away under it. */
    private RunnerResult result(RunnerTask task, HubSink sink) throws InterruptedException {
        RunnerAdapter.Work started;
        synchronized (this) {
            if (isStopped()) {
                throw new InterruptedException("stopped");
            }
            started = runner.start(task, sink);
            work = started;
        }
        try {
            return Threads.await(started.result());
        } finally {
            synchronized (this) {
                work = null;
            }
        }
    }

    private boolean isStopped() {
        return lost != null || givenBack;
    }

    void run() {
        begin(Thread.currentThread());
        LOG.info("Run {} attempt {} begins.", run.id(), lease.attempt());
        AttemptWorkspace workspace = new AttemptWorkspace(parts, assignment, lease);
        try {
            FinishRun report = attempt(workspace);
            if (!isStopped()) {
                report(report);
            }
        } catch (InterruptedException stopped) {
            LOG.debug("run {} was stopped", run.id());
        } catch (PilotException failure) {
            fail(failure);
        } catch (RuntimeException failure) {
            LOG.error("Run {} failed in an unexpected way.", run.id(), failure);
            tryReport(failed("worker-error", "The worker failed: " + failure.getMessage())
                    .build());
        } finally {
            end();
            // A late interrupt must not keep the workspace from being cleaned up.
            boolean interrupted = Thread.interrupted();
            workspace.close();
            if (givenBack && lost == null && !reported) {
                parts.release(lease);
            }
            if (interrupted) {
                LOG.debug("run {} was interrupted", run.id());
            }
        }
    }

    private void fail(PilotException failure) {
        if (failure.kind() == ErrorKind.LEASE_LOST) {
            lose("the hub took it back");
        } else {
            tryReport(failed(failure.code(), failure.getMessage()).build());
        }
    }

    private FinishRun attempt(AttemptWorkspace workspace) throws InterruptedException {
        workspace.open();
        try (HubSink sink = new HubSink(parts.pilot(), lease, this::lose)) {
            return attempt(workspace, sink);
        }
    }

    private FinishRun attempt(AttemptWorkspace workspace, HubSink sink) throws InterruptedException {
        RunnerTask task =
                new RunnerTask(run, workspace.directory(), workspace.scratch(), Map.of(), assignment.previousDiff());
        RunnerResult result = result(task, sink);
        sink.flush();
        if (sink.wasBlocked()) {
            awaitDecision();
        }
        if (isStopped()) {
            throw new InterruptedException("stopped");
        }
        workspace.keepChanges();
        Usage used = new Usage(
                result.wall().toMillis(), 0, 0, 0, 0, workspace.changedFiles(), workspace.changedLines(), sink.bytes());
        FinishRun.Builder report = result.isSuccess()
                ? succeeded(workspace, sink.summary())
                : failed(code(result), describe(result)).summary(sink.summary());
        return report.exitCode(result.exitCode())
                .usage(used)
                .branch(workspace.branch())
                .baseCommit(workspace.baseCommit())
                .headCommit(workspace.headCommit())
                .build();
    }

    /** What was done while the run waits for people is not lost if they say yes: it is reported when they have. */
    private void awaitDecision() throws InterruptedException {
        ApprovalFilter pending = ApprovalFilter.builder()
                .status(ApprovalStatus.PENDING)
                .runId(run.id())
                .build();
        while (!isStopped()) {
            Run now = Patience.with(run.id(), () -> parts.pilot().runs().get(run.id()));
            if (now.state() != RunState.BLOCKED) {
                return;
            }
            List<Approval> waiting = Patience.with(
                    run.id(),
                    () -> parts.pilot()
                            .approvals()
                            .list(pending, PageRequest.first(1))
                            .items());
            if (!waiting.isEmpty()) {
                Approval unused = Patience.with(
                        run.id(),
                        () -> Threads.await(
                                parts.pilot().approvals().await(waiting.get(0).id(), DECISION_WAIT)));
            }
        }
    }

    private FinishRun.Builder succeeded(AttemptWorkspace workspace, String summary) throws InterruptedException {
        List<GateResult> results = new ArrayList<>();
        if (!run.policy().gates().isEmpty()) {
            Patience.with(run.id(), () -> parts.pilot().work().gates(lease));
            GateKeeper gates = new GateKeeper(parts, run, lease);
            for (Gate gate : run.policy().gates()) {
                if (isStopped()) {
                    throw new InterruptedException("stopped");
                }
                GateResult result = gates.pass(gate, workspace.directory());
                results.add(result);
                if (!result.passed()) {
                    return failed("gate-failed", "Gate " + gate.name() + " failed: " + GateKeeper.why(result))
                            .summary(summary)
                            .gates(results);
                }
            }
        }
        return FinishRun.builder(lease, RunResult.SUCCEEDED).summary(summary).gates(results);
    }

    private FinishRun.Builder failed(String code, String message) {
        return FinishRun.builder(lease, RunResult.FAILED).error(new RunError(code, message));
    }

    private static String code(RunnerResult result) {
        return switch (result.end()) {
            case EXITED -> "exit-code";
            case NOT_STARTED -> "not-started";
            case WALL_LIMIT, OUTPUT_LIMIT -> "budget-exceeded";
            case CANCELLED -> "cancelled";
            case BROKEN -> "runner-error";
        };
    }

    private static String describe(RunnerResult result) {
        return result.message().isEmpty() ? "The command exited with " + result.exitCode() + "." : result.message();
    }

    private void tryReport(FinishRun report) {
        if (!isStopped()) {
            try {
                report(report);
            } catch (InterruptedException stopped) {
                LOG.debug("run {} was stopped before it could be reported", run.id());
            } catch (PilotException refused) {
                LOG.warn("The report of run {} was refused: {}", run.id(), refused.getMessage());
            }
        }
    }

    /** From here on nothing but the hub itself refuses it: what is done is done, also if the lease expires while the hub is away. */
    private void report(FinishRun report) throws InterruptedException {
        end();
        reported = true;
        parts.reporter().report(report);
        LOG.info(
                "Run {} attempt {} is reported as {}.",
                run.id(),
                lease.attempt(),
                report.result().wire());
    }
}
