package dev.pilot.runner.process.child;

import dev.pilot.api.run.RunnerAdapter.Work;
import dev.pilot.api.run.RunnerResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Work that ended before it began.
 *
 * @param end in which way
 * @param message why, and what to do
 */
public record Ended(RunnerResult.End end, String message) implements Work {
    @Override
    public CompletionStage<RunnerResult> result() {
        return CompletableFuture.completedStage(new RunnerResult(end, null, message, Duration.ZERO));
    }

    @Override
    public void cancel(Duration grace) {
        // there is nothing to cancel
    }
}
