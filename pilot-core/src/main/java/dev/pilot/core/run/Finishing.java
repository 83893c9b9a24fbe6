package dev.pilot.core.run;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.error.LeaseLost;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.Attempt;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.Gate;
import dev.pilot.api.run.GateResult;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunError;
import dev.pilot.api.run.RunMove;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.Usage;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What follows from a worker's report, or from its silence. */
final class Finishing {
    private static final int GATE_OUTPUT = 20_000;
    private static final String LOST = "lost";

    private final RunParts parts;

    Finishing(RunParts parts) {
        this.parts = parts;
    }

    /** A run after the report, and the approval whose merge is to be done now, if any. */
    record Finished(Run run, @Nullable Approval toMerge) {}

    /** What a report leads to: one move, and what follows from it. */
    private record Outcome(FinishRun report, RunTransitions.Move move, Next next, boolean late) {}

    private enum Next {
        NOTHING,
        /** Somebody is asked to look at it. */
        REVIEW,
        /** The policy accepts it, and it is merged. */
        MERGE
    }

    static FinishRun check(FinishRun report) {
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

    /**
     * Takes reports of different runs. Each is looked at before anything is written, so one that is refused keeps no other.
     *
     * @param reports what workers say, each run once
     * @return for each, in order, what came of it
     */
    List<ItemResult<Finished>> finish(StoreUnit unit, List<FinishRun> reports) {
        List<Lease> leases = reports.stream().map(FinishRun::lease).toList();
        Map<RunId, Run> runs = unit.runs().all(leases.stream().map(Lease::runId).toList());
        Map<RunId, Attempt> attempts = unit.runs().attempts(leases);
        List<Outcome> outcomes = new ArrayList<>();
        Map<RunId, PilotException> refused = new HashMap<>();
        Map<RunId, Finished> finished = new HashMap<>();
        for (FinishRun report : reports) {
            RunId id = report.lease().runId();
            try {
                Run run = runs.get(id);
                if (run == null) {
                    throw new NotFound("run", id.value());
                }
                Attempt attempt = attempts.get(id);
                if (isRepeated(run, attempt, report)) {
                    finished.put(id, new Finished(run, null));
                } else {
                    outcomes.add(outcome(unit, run, attempt, report));
                }
            } catch (PilotException no) {
                refused.put(id, no);
            }
        }
        finished.putAll(write(unit, outcomes, attempts));
        List<ItemResult<Finished>> answers = new ArrayList<>();
        for (Lease lease : leases) {
            PilotException no = refused.get(lease.runId());
            answers.add(
                    no == null
                            ? new ItemResult.Done<>(requireNonNull(finished.get(lease.runId())))
                            : new ItemResult.Refused<>(no));
        }
        return answers;
    }

    private Map<RunId, Finished> write(StoreUnit unit, List<Outcome> outcomes, Map<RunId, Attempt> attempts) {
        List<Outcome> late = outcomes.stream().filter(Outcome::late).toList();
        Map<RunId, Run> revived = new HashMap<>();
        parts.transitions()
                .moveAll(
                        unit,
                        late.stream().map(outcome -> revive(unit, outcome)).toList())
                .forEach(run -> revived.put(run.id(), run));
        for (Outcome outcome : outcomes) {
            if (outcome.move().run().state() == RunState.BLOCKED) {
                parts.approvals().expire(unit, outcome.move().run());
            }
        }
        parts.attempts().finish(unit, outcomes.stream().map(Outcome::report).toList(), attempts);
        List<Run> moved = parts.transitions()
                .moveAll(
                        unit,
                        outcomes.stream()
                                .map(outcome -> from(outcome.move(), revived))
                                .toList());
        parts.budgets().used(unit, used(outcomes, moved));
        Map<RunId, Finished> finished = new HashMap<>();
        for (int i = 0; i < moved.size(); i++) {
            Run run = moved.get(i);
            finished.put(
                    run.id(), new Finished(run, next(unit, run, outcomes.get(i).next())));
        }
        return finished;
    }

    private static List<RunBudgets.Used> used(List<Outcome> outcomes, List<Run> moved) {
        List<RunBudgets.Used> used = new ArrayList<>();
        for (int i = 0; i < moved.size(); i++) {
            Outcome outcome = outcomes.get(i);
            Run before = outcome.move().run();
            Usage counted = counted(outcome.report(), outcome.late());
            used.add(new RunBudgets.Used(before, moved.get(i), counted, isExternal(before)));
        }
        return used;
    }

    /** A late report's move begins where the run is by then. */
    private static RunTransitions.Move from(RunTransitions.Move move, Map<RunId, Run> revived) {
        Run run = revived.get(move.run().id());
        return run == null ? move : new RunTransitions.Move(run, move.move(), move.change(), move.why());
    }

    private RunTransitions.Move revive(StoreUnit unit, Outcome outcome) {
        Run run = outcome.move().run();
        Lease lease = outcome.report().lease();
        Lease again = new Lease(run.id(), lease.attempt(), lease.workerId(), unit.now());
        return new RunTransitions.Move(
                run,
                RunMove.REVIVE,
                same -> same.lease(again).notBefore(null).error(null).failures(Math.max(0, run.failures() - 1)),
                Json.object("reason", "late-report", "worker", lease.workerId().value()));
    }

    private @Nullable Approval next(StoreUnit unit, Run run, Next next) {
        return switch (next) {
            case NOTHING -> null;
            case REVIEW -> {
                String title = "Review: " + RunCreation.headline(run.goal());
                parts.merges().open(unit, run, Risk.MEDIUM, title, Json.object());
                yield null;
            }
            case MERGE -> parts.merges().acceptByPolicy(unit, run);
        };
    }

    /** The same report again is answered with the run as it is. */
    private static boolean isRepeated(Run run, @Nullable Attempt attempt, FinishRun report) {
        return !RunLookup.isHeld(run, report.lease())
                && attempt != null
                && attempt.workerId().equals(report.lease().workerId())
                && report.result().wire().equals(attempt.outcome());
    }

    /** Whether the attempt was given up for lost, but nobody has begun another one. */
    private static boolean isLate(StoreUnit unit, Run run, @Nullable Attempt attempt, FinishRun report) {
        boolean lost = attempt != null
                && run.attempt() == attempt.attempt()
                && attempt.workerId().equals(report.lease().workerId())
                && LOST.equals(attempt.outcome())
                && RunMove.REVIVE.isLegalFrom(run.state());
        return lost
                && (run.state() == RunState.QUEUED
                        || run.taskId() == null
                        || unit.runs().activeOf(run.taskId()).isEmpty());
    }

    private Outcome outcome(StoreUnit unit, Run run, @Nullable Attempt attempt, FinishRun report) {
        boolean late = false;
        if (!RunLookup.isHeld(run, report.lease())) {
            late = isLate(unit, run, attempt, report);
            if (!late) {
                throw new LeaseLost(
                        run.id().value(),
                        report.lease().attempt(),
                        run.attempt(),
                        "Run " + run.id() + " is " + run.state().wire() + ", attempt " + run.attempt()
                                + ": the report of attempt " + report.lease().attempt() + " came too late.");
            }
        }
        Run at = late
                ? run.toBuilder()
                        .state(RunState.RUNNING)
                        .failures(Math.max(0, run.failures() - 1))
                        .build()
                : run;
        Usage used = counted(report, late);
        Run told = told(at, report, used);
        RunTransitions.Move move;
        Next next = Next.NOTHING;
        switch (report.result()) {
            case SUCCEEDED -> {
                RunError wrong = wrong(told);
                boolean merge = ReviewMerges.isNeeded(told);
                // What an outside agent brings was made where nobody watched, so somebody looks at it before it is
                // merged.
                if (wrong != null) {
                    move = failed(unit.now(), run, at, told, wrong);
                } else if (told.policy().review() || isExternal(at) && merge) {
                    move = move(run, RunMove.PRESENT, told, Json.object());
                    next = Next.REVIEW;
                } else if (merge) {
                    move = move(run, RunMove.PRESENT, told, Json.object("by", "policy"));
                    next = Next.MERGE;
                } else {
                    move = move(run, RunMove.SUCCEED, told, Json.object());
                }
            }
            case FAILED -> {
                RunError said = report.error() != null
                        ? report.error()
                        : new RunError("failed", "The worker reported a failure.");
                move = failed(unit.now(), run, at, told, said);
            }
            default -> {
                RunMove back = isExternal(at) ? RunMove.CANCEL : RunMove.REQUEUE;
                move = move(run, back, told, Json.object("reason", isExternal(at) ? "cancelled" : "released"));
            }
        }
        RunTransitions.check(at, move.move());
        return new Outcome(report, move, next, late);
    }

    /** The time of an attempt that was given up for lost has been counted. */
    private static Usage counted(FinishRun report, boolean late) {
        return late ? report.usage().withWallMillis(0) : report.usage();
    }

    /** The run with what the report tells, but for its state. */
    private static Run told(Run run, FinishRun report, Usage used) {
        Run.Builder reported = UsageReports.add(run.toBuilder(), run, used)
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
        return reported.build();
    }

    private static RunTransitions.Move move(Run run, RunMove move, Run told, Json.Obj why) {
        return new RunTransitions.Move(run, move, same -> copy(told, same), why);
    }

    private static @Nullable RunError wrong(Run told) {
        RunError overBudget = RunBudgets.error(told);
        return overBudget != null ? overBudget : gateError(told);
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

    private RunTransitions.Move failed(Instant now, Run run, Run at, Run told, RunError error) {
        int failures = at.failures() + 1;
        boolean again = failures < run.policy().maxAttempts() && !isExternal(run) && !isSpent(told, error);
        return new RunTransitions.Move(
                run,
                again ? RunMove.REQUEUE : RunMove.FAIL,
                same -> copy(told, same)
                        .failures(failures)
                        .error(error)
                        .notBefore(again ? parts.backOff().until(now, run, failures) : null),
                Json.object("reason", error.code(), "message", error.message(), "failures", failures));
    }

    /** Its budget is for all attempts together: another one would have nothing left. */
    private static boolean isSpent(Run told, RunError error) {
        boolean ended = error.code().equals(RunBudgets.EXCEEDED)
                && (told.budget().wall() != null || told.budget().outputBytes() != null);
        return ended || RunBudgets.error(told) != null;
    }

    /** Its worker gives it back: that is no failed attempt. */
    static Run released(StoreUnit unit, RunParts parts, Run run) {
        parts.approvals().expire(unit, run);
        parts.attempts().end(unit, run, "released");
        return parts.transitions().move(unit, run, RunMove.REQUEUE, same -> same, Json.object("reason", "released"));
    }

    /** What follows when a worker, or an outside agent, is not heard of any more. */
    Run lost(StoreUnit unit, Run run) {
        parts.approvals().expire(unit, run);
        parts.attempts().end(unit, run, LOST);
        if (isExternal(run)) {
            RunError silent = new RunError("silent", "The agent that reports for itself was not heard of in time.");
            return givenUp(unit, run, silent, "silent");
        }
        return givenUp(unit, run, new RunError("worker-lost", "Its worker was not heard of in time."), "lease-expired");
    }

    /** What follows when a worker is alive, but its run gets nowhere. */
    Run stalled(StoreUnit unit, Run run) {
        parts.attempts().end(unit, run, "stalled");
        RunError stalled = new RunError(
                "stalled",
                "Nothing was heard of it for " + run.policy().stallAfter()
                        + " (stallAfter), though its worker is alive.");
        return givenUp(unit, run, stalled, "stalled");
    }

    private Run givenUp(StoreUnit unit, Run run, RunError error, String reason) {
        int failures = run.failures() + 1;
        boolean again = failures < run.policy().maxAttempts() && !isExternal(run);
        return parts.transitions()
                .move(
                        unit,
                        run,
                        again ? RunMove.REQUEUE : RunMove.FAIL,
                        same -> same.failures(failures)
                                .error(error)
                                .notBefore(again ? parts.backOff().until(unit.now(), run, failures) : null),
                        Json.object("reason", again ? reason : error.code(), "failures", failures));
    }

    /** What the report told, on the builder of the run after the move. */
    private static Run.Builder copy(Run told, Run.Builder run) {
        return run.usage(told.usage())
                .clock(told.clock())
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
