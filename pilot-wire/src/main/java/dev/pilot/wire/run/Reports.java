package dev.pilot.wire.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.run.FinishRun;
import java.util.List;

/**
 * The body of a report.
 *
 * @param reports how attempts ended
 */
public record Reports(List<FinishRun> reports) {
    /**
     * Copies the reports.
     *
     * @throws InvalidInput if they are absent
     */
    public Reports {
        reports = List.copyOf(InvalidInput.required(reports, "reports"));
    }
}
