package dev.pilot.core.run;

import dev.pilot.api.error.LeaseLost;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.Attempt;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.Gate;
import dev.pilot.api.run.GateResult;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunError;
import dev.pilot.api.run.RunMove;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Json;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Limits;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What follows from a worker's report, or from its silence. */
final class Finishing {
    private static final int GATE_OUTPUT = 20_000;

    private final RunParts parts;

    Finishing(RunParts parts) {
        this.parts = parts;
    }

    /** A run after the report, and the approval whose merge is to be done now, if any. */
    record Finished(Run run, @Nullable Approval toMerge) {}

    FinishRun check(FinishRun report) {
        InputCheck check = new InputCheck();
        check.text("summary", report.summary(), Limits.TEXT);
        check.text("branch", report.branch(), Limits.NAME);
        check.text("baseCommit", report.baseCommit(), Limits.WORD);
        check.text("headCommit", report.headCommit(), Limits.WORD);
        check.json("metrics", report.metrics());
        RunInput.links(check, report.links());
        if (report.error() != null) {
            check.text("error.code", report.error().code(), Limits.WORD);
            check.text("error.message", report.error().message(), Limits.TEXT);
        }
        check.range("gates", report.gates().size(), 0, Limits.GATES);
        for (GateResult gate : report.gates()) {
            check.text("gates.output", gate.output(), GATE_OUTPUT);
        }
        check.done();
        return report;
    }

    Finished finish(StoreUnit unit, FinishRun report) {
        Run run = unit.runs().get(report.lease().runId());
        Optional<Attempt> attempt = unit.runs().attempt(run.id(), report.lease().attempt());
        if (!RunLookup.isHeld(run, report.lease())) {
            return new Finished(repeated(run, attempt, report), null);
        }
        parts.approvals().expire(unit, run);
        parts.attempts().finish(unit, run, report);
        Run.Builder reported = run.toBuilder()
                .usage(run.usage().plus(report.usage()))
                .exitCode(report.exitCode())
                .summary(report.summary())
                .branch(report.branch() == null ? run.branch() : report.branch())
                .baseCommit(report.baseCommit() == null ? run.baseCommit() : report.baseCommit())
                .headCommit(report.headCommit())
                .gates(report.gates())
                .metrics(run.metrics().merge(report.metrics()));
        if (!report.links().isEmpty()) {
            reported.links(report.links());
        }
        Run told = reported.build();
        return switch (report.result()) {
            case SUCCEEDED -> succeeded(unit, run, told);
            case FAILED ->
                new Finished(
                        failed(
                                unit,
                                run,
                                told,
                                report.error() != null
                                        ? report.error()
                                        : new RunError("failed", "The worker reported a failure.")),
                        null);
            case CANCELLED ->
                new Finished(
                        parts.transitions()
                                .move(
                                        unit,
                                        run,
                                        isExternal(run) ? RunMove.CANCEL : RunMove.REQUEUE,
                                        same -> copy(told, same),
                                        Json.object("reason", isExternal(run) ? "cancelled" : "released")),
                        null);
        };
    }

    /** The same report again is answered with the run as it is; any other one comes too late. */
    private static Run repeated(Run run, Optional<Attempt> attempt, FinishRun report) {
        boolean same = attempt.isPresent()
                && attempt.get().workerId().equals(report.lease().workerId())
                && report.result().wire().equals(attempt.get().outcome());
        if (!same) {
            throw new LeaseLost(
                    run.id().value(),
                    report.lease().attempt(),
                    run.attempt(),
                    "Run " + run.id() + " is " + run.state().wire() + ", attempt " + run.attempt()
                            + ": the report of attempt " + report.lease().attempt() + " came too late.");
        }
        return run;
    }

    private Finished succeeded(StoreUnit unit, Run run, Run told) {
        RunError overBudget = RunBudgets.error(told);
        if (overBudget != null) {
            return new Finished(failed(unit, run, told, overBudget), null);
        }
        RunError gate = gateError(told);
        if (gate != null) {
            return new Finished(failed(unit, run, told, gate), null);
        }
        // What an outside agent brings was made where nobody watched, so somebody looks at it before it is merged.
        if (told.policy().review() || isExternal(run) && ReviewMerges.isNeeded(told)) {
            Run presented =
                    parts.transitions().move(unit, run, RunMove.PRESENT, same -> copy(told, same), Json.object());
            String title = "Review: " + RunCreation.headline(presented.goal());
            parts.merges().open(unit, presented, Risk.MEDIUM, title, Json.object());
            return new Finished(presented, null);
        }
        if (ReviewMerges.isNeeded(told)) {
            Run presented = parts.transitions()
                    .move(unit, run, RunMove.PRESENT, same -> copy(told, same), Json.object("by", "policy"));
            return new Finished(presented, parts.merges().acceptByPolicy(unit, presented));
        }
        return new Finished(
                parts.transitions().move(unit, run, RunMove.SUCCEED, same -> copy(told, same), Json.object()), null);
    }

    /** Every gate of the policy has to be reported, and to have passed. */
    private static @Nullable RunError gateError(Run told) {
        for (GateResult gate : told.gates()) {
            if (!gate.passed()) {
                return new RunError("gate-failed", "Gate " + gate.name() + " failed.");
            }
        }
        for (Gate gate : told.policy().gates()) {
            if (told.gates().stream().noneMatch(result -> result.name().equals(gate.name()))) {
                return new RunError("gate-missing", "Gate " + gate.name() + " was not reported.");
            }
        }
        return null;
    }

    /** Whether an outside agent reports for itself: then nobody else can take the run over. */
    private static boolean isExternal(Run run) {
        return run.profile().runner() == RunnerKind.EXTERNAL;
    }

    /**
     * Refuses what would need another worker.
     *
     * @param what what can't be done, as it follows "you can't"
     * @throws NotAllowed if an outside agent reports for itself
     */
    static void refuseExternal(Run run, String what) {
        if (isExternal(run)) {
            throw new NotAllowed(
                    "external-run",
                    "Run " + run.id() + " is an outside agent's, which no worker can take over: you can't " + what
                            + ". Create another one.");
        }
    }

    private Run failed(StoreUnit unit, Run run, Run told, RunError error) {
        int failures = run.failures() + 1;
        boolean again = failures < run.policy().maxAttempts() && !isExternal(run);
        return parts.transitions()
                .move(
                        unit,
                        run,
                        again ? RunMove.REQUEUE : RunMove.FAIL,
                        same -> copy(told, same).failures(failures).error(error),
                        Json.object("reason", error.code(), "message", error.message(), "failures", failures));
    }

    /** What follows when a worker, or an outside agent, is not heard of any more. */
    Run lost(StoreUnit unit, Run run) {
        parts.approvals().expire(unit, run);
        parts.attempts().end(unit, run, "lost");
        int failures = run.failures() + 1;
        if (isExternal(run)) {
            RunError silent = new RunError("silent", "The agent that reports for itself was not heard of in time.");
            return parts.transitions()
                    .move(
                            unit,
                            run,
                            RunMove.FAIL,
                            same -> same.failures(failures).error(silent),
                            Json.object("reason", "silent"));
        }
        boolean again = failures < run.policy().maxAttempts();
        RunError lost = new RunError("worker-lost", "Its worker was not heard of in time.");
        return parts.transitions()
                .move(
                        unit,
                        run,
                        again ? RunMove.REQUEUE : RunMove.FAIL,
                        same -> same.failures(failures).error(lost),
                        Json.object("reason", again ? "lease-expired" : "worker-lost", "failures", failures));
    }

    /** What the report told, on the builder of the run after the move. */
    private static Run.Builder copy(Run told, Run.Builder run) {
        return run.usage(told.usage())
                .exitCode(told.exitCode())
                .summary(told.summary())
                .branch(told.branch())
                .baseCommit(told.baseCommit())
                .headCommit(told.headCommit())
                .gates(told.gates())
                .links(told.links())
                .metrics(told.metrics())
                .error(null);
    }
}
