package dev.pilot.api.run;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list; null for any.
 *
 * @param projectId only those of this project
 * @param taskId only those of this task
 * @param agentId only those of this agent
 * @param graphRunId only those of this run of a task graph
 * @param parentId only those that this run has made
 * @param state only those in this state
 * @param externalId only the one with this id of an outside agent's
 */
public record RunFilter(
        @Nullable ProjectId projectId,
        @Nullable TaskId taskId,
        @Nullable AgentId agentId,
        @Nullable GraphRunId graphRunId,
        @Nullable RunId parentId,
        @Nullable RunState state,
        @Nullable String externalId) {

    /** Every run. */
    public static final RunFilter ALL = builder().build();

    /**
     * Every run of a project.
     *
     * @param projectId the project
     * @return the filter
     */
    public static RunFilter of(ProjectId projectId) {
        return builder().projectId(projectId).build();
    }

    /**
     * Starts one that every run passes.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link RunFilter}. Not for several threads. */
    public static final class Builder {
        private @Nullable ProjectId projectId;
        private @Nullable TaskId taskId;
        private @Nullable AgentId agentId;
        private @Nullable GraphRunId graphRunId;
        private @Nullable RunId parentId;
        private @Nullable RunState state;
        private @Nullable String externalId;

        private Builder() {}

        /**
         * Sets projectId.
         *
         * @param projectId only those of this project
         * @return this
         */
        public Builder projectId(@Nullable ProjectId projectId) {
            this.projectId = projectId;
            return this;
        }

        /**
         * Sets taskId.
         *
         * @param taskId only those of this task
         * @return this
         */
        public Builder taskId(@Nullable TaskId taskId) {
            this.taskId = taskId;
            return this;
        }

        /**
         * Sets agentId.
         *
         * @param agentId only those of this agent
         * @return this
         */
        public Builder agentId(@Nullable AgentId agentId) {
            this.agentId = agentId;
            return this;
        }

        /**
         * Sets graphRunId.
         *
         * @param graphRunId only those of this run of a task graph
         * @return this
         */
        public Builder graphRunId(@Nullable GraphRunId graphRunId) {
            this.graphRunId = graphRunId;
            return this;
        }

        /**
         * Sets parentId.
         *
         * @param parentId only those that this run has made
         * @return this
         */
        public Builder parentId(@Nullable RunId parentId) {
            this.parentId = parentId;
            return this;
        }

        /**
         * Sets state.
         *
         * @param state only those in this state
         * @return this
         */
        public Builder state(@Nullable RunState state) {
            this.state = state;
            return this;
        }

        /**
         * Sets externalId.
         *
         * @param externalId only the one with this id of an outside agent's
         * @return this
         */
        public Builder externalId(@Nullable String externalId) {
            this.externalId = externalId;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the filter
         */
        public RunFilter build() {
            return new RunFilter(projectId, taskId, agentId, graphRunId, parentId, state, externalId);
        }
    }
}
