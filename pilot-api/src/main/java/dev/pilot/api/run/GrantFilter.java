package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Which grants to list; null for any.
 *
 * @param runId only those that hold for this run alone
 * @param agentId only those that hold for this agent
 * @param projectId only those of this project
 * @param tool only those of this tool
 */
public record GrantFilter(
        @Nullable RunId runId,
        @Nullable AgentId agentId,
        @Nullable ProjectId projectId,
        @Nullable String tool) {

    /** Every grant. */
    public static final GrantFilter ALL = builder().build();

    /**
     * Starts one that every grant passes.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A builder that starts with what this one has.
     *
     * @return the builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.runId = runId;
        builder.agentId = agentId;
        builder.projectId = projectId;
        builder.tool = tool;
        return builder;
    }

    /** Builds a {@link GrantFilter}. Not for several threads. */
    public static final class Builder {
        private @Nullable RunId runId;
        private @Nullable AgentId agentId;
        private @Nullable ProjectId projectId;
        private @Nullable String tool;

        private Builder() {}

        /**
         * Sets runId.
         *
         * @param runId only those that hold for this run alone
         * @return this
         */
        public Builder runId(@Nullable RunId runId) {
            this.runId = runId;
            return this;
        }

        /**
         * Sets agentId.
         *
         * @param agentId only those that hold for this agent
         * @return this
         */
        public Builder agentId(@Nullable AgentId agentId) {
            this.agentId = agentId;
            return this;
        }

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
         * Sets tool.
         *
         * @param tool only those of this tool
         * @return this
         */
        public Builder tool(@Nullable String tool) {
            this.tool = tool;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public GrantFilter build() {
            return new GrantFilter(runId, agentId, projectId, tool);
        }
    }
}
