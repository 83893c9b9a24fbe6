package dev.pilot.api.run;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Which events to list or follow; null for any.
 *
 * @param subject only those about this
 * @param runId only those of this run
 * @param projectId only those of this project
 * @param type only those of this type
 */
public record EventFilter(
        @Nullable Subject subject,
        @Nullable RunId runId,
        @Nullable ProjectId projectId,
        @Nullable String type) {

    /** Every event. */
    public static final EventFilter ALL = new EventFilter(null, null, null, null);

    /**
     * Every event of a run.
     *
     * @param runId the run
     * @return the filter
     */
    public static EventFilter of(RunId runId) {
        return new EventFilter(null, runId, null, null);
    }
}
