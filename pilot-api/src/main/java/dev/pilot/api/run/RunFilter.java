package dev.pilot.api.run;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list; null for any.
 *
 * @param projectId only those of this project
 * @param taskId only those of this task
 * @param agentId only those of this agent
 * @param state only those in this state
 * @param externalId only the one with this id of an outside agent's
 */
public record RunFilter(
        @Nullable ProjectId projectId,
        @Nullable TaskId taskId,
        @Nullable AgentId agentId,
        @Nullable RunState state,
        @Nullable String externalId) {

    /** Every run. */
    public static final RunFilter ALL = new RunFilter(null, null, null, null, null);

    /**
     * Every run of a project.
     *
     * @param projectId the project
     * @return the filter
     */
    public static RunFilter of(ProjectId projectId) {
        return new RunFilter(projectId, null, null, null, null);
    }
}
