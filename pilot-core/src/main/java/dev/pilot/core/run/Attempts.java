package dev.pilot.core.run;

import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Attempt;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.Run;
import dev.pilot.api.store.StoreUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Keeps the record of a run's attempts. */
final class Attempts {
    /** Begins the attempts of runs that were claimed just now. */
    void begin(StoreUnit unit, List<Run> claimed) {
        unit.runs()
                .createAttempts(claimed.stream()
                        .map(run -> Attempt.builder()
                                .runId(run.id())
                                .attempt(run.attempt())
                                .workerId(Objects.requireNonNull(run.lease()).workerId())
                                .startedAt(unit.now())
                                .build())
                        .toList());
    }

    void started(StoreUnit unit, Run run, String branch, String baseCommit) {
        change(unit, run, attempt -> attempt.branch(branch).baseCommit(baseCommit));
    }

    /** Ends attempts as their reports say; a late one, too, which was given up for lost. */
    void finish(StoreUnit unit, List<FinishRun> reports, Map<RunId, Attempt> attempts) {
        List<Attempt> ended = new ArrayList<>();
        for (FinishRun report : reports) {
            Attempt attempt = attempts.get(report.lease().runId());
            if (attempt != null) {
                ended.add(attempt.toBuilder()
                        .outcome(report.result().wire())
                        .branch(report.branch())
                        .baseCommit(report.baseCommit())
                        .headCommit(report.headCommit())
                        .exitCode(report.exitCode())
                        .error(report.error())
                        .finishedAt(unit.now())
                        .build());
            }
        }
        unit.runs().updateAttempts(ended);
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
                        .updateAttempts(
                                List.of(change.apply(attempt.toBuilder()).build())));
    }
}
