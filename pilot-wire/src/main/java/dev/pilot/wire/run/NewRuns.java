package dev.pilot.wire.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.run.CreateRun;
import java.util.List;

/**
 * The body of a batch of new runs.
 *
 * @param runs the runs, each made by itself
 */
public record NewRuns(List<CreateRun> runs) {
    /**
     * Copies the runs.
     *
     * @throws InvalidInput if they are absent
     */
    public NewRuns {
        runs = List.copyOf(InvalidInput.required(runs, "runs"));
    }
}
