package dev.pilot.api.project;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks to list; null for any.
 *
 * @param projectId only those of this project
 * @param status only those that are this far
 * @param role only those for this role
 * @param assignee only those of this agent
 * @param ready only those that are ready, or that are not
 */
public record TaskFilter(
        @Nullable ProjectId projectId,
        @Nullable TaskStatus status,
        @Nullable String role,
        @Nullable AgentId assignee,
        @Nullable Boolean ready) {

    /** Every task. */
    public static final TaskFilter ALL = new TaskFilter(null, null, null, null, null);

    /**
     * Every task of a project.
     *
     * @param projectId the project
     * @return the filter
     */
    public static TaskFilter of(ProjectId projectId) {
        return new TaskFilter(projectId, null, null, null, null);
    }
}
