package dev.pilot.wire.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.run.UsageReport;
import java.util.List;

/**
 * The body of a set of usage reports.
 *
 * @param reports what runs used
 */
public record UsageReports(List<UsageReport> reports) {
    /**
     * Copies the reports.
     *
     * @throws InvalidInput if they are absent
     */
    public UsageReports {
        reports = List.copyOf(InvalidInput.required(reports, "reports"));
    }
}
