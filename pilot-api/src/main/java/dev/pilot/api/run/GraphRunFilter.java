package dev.pilot.api.run;

import dev.pilot.api.id.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * Which graph runs to list; null for any.
 *
 * @param projectId only those of this project
 * @param state only those in this state
 */
public record GraphRunFilter(
        @Nullable ProjectId projectId, @Nullable GraphRunState state) {
    /** Every graph run. */
    public static final GraphRunFilter ALL = new GraphRunFilter(null, null);

    /**
     * Every graph run of a project.
     *
     * @param projectId the project
     * @return the filter
     */
    public static GraphRunFilter of(ProjectId projectId) {
        return new GraphRunFilter(projectId, null);
    }
}
