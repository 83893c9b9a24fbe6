package dev.pilot.core.run;

import dev.pilot.api.run.Attempt;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import dev.pilot.api.store.StoreUnit;
import java.util.function.UnaryOperator;

/** Keeps the record of a run's attempts. */
final class Attempts {
    void begin(StoreUnit unit, Run run, Lease lease) {
        unit.runs()
                .createAttempt(Attempt.builder()
                        .runId(run.id())
                        .attempt(lease.attempt())
                        .workerId(lease.workerId())
                        .startedAt(unit.now())
                        .build());
    }

    void started(StoreUnit unit, Run run, String branch, String baseCommit) {
        change(unit, run, attempt -> attempt.branch(branch).baseCommit(baseCommit));
    }

    void finish(StoreUnit unit, Run run, FinishRun report) {
        change(
                unit,
                run,
                attempt -> attempt.outcome(report.result().wire())
                        .branch(report.branch())
                        .baseCommit(report.baseCommit())
                        .headCommit(report.headCommit())
                        .exitCode(report.exitCode())
                        .error(report.error())
                        .finishedAt(unit.now()));
    }

    /** Ends the latest attempt of a run without a report of its worker's, if it goes on. */
    void end(StoreUnit unit, Run run, String outcome) {
        change(unit, run, attempt -> attempt.outcome(outcome).finishedAt(unit.now()));
    }

    private static void change(StoreUnit unit, Run run, UnaryOperator<Attempt.Builder> change) {
        unit.runs()
                .attempt(run.id(), run.attempt())
                .filter(attempt -> attempt.finishedAt() == null)
                .ifPresent(attempt -> unit.runs()
                        .updateAttempt(change.apply(attempt.toBuilder()).build()));
    }
}
