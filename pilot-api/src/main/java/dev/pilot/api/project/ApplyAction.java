package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ActionId;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.value.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A semantic change of a project, by an agent. The same id twice is one action.
 *
 * @param projectId the project
 * @param type what to change
 * @param params how; see {@link ActionKind}
 * @param id its id, or null for a new one (then it can't be repeated safely)
 * @param agentId the agent that asks, or null
 * @param runId the run it belongs to, or null
 * @param recordOnly whether only the event is to be written
 * @param ifUpdatedAt the project's version that the agent read, or null for whatever it is
 */
public record ApplyAction(
        ProjectId projectId,
        ActionKind type,
        Json.Obj params,
        @Nullable ActionId id,
        @Nullable AgentId agentId,
        @Nullable RunId runId,
        boolean recordOnly,
        @Nullable Instant ifUpdatedAt) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public ApplyAction {
        InvalidInput.required(projectId, "projectId");
        InvalidInput.required(type, "type");
        params = params == null ? Json.Obj.EMPTY : params;
    }

    /**
     * Starts one with what it can't do without; everything else has a default.
     *
     * @param projectId the project
     * @param type what to change
     * @return the builder
     */
    public static Builder builder(ProjectId projectId, ActionKind type) {
        Builder builder = new Builder();
        builder.projectId = projectId;
        builder.type = type;
        return builder;
    }

    /**
     * A builder that starts with what this one has.
     *
     * @return the builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.projectId = projectId;
        builder.type = type;
        builder.params = params;
        builder.id = id;
        builder.agentId = agentId;
        builder.runId = runId;
        builder.recordOnly = recordOnly;
        builder.ifUpdatedAt = ifUpdatedAt;
        return builder;
    }

    /** Builds a {@link ApplyAction}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private ProjectId projectId;
        private ActionKind type;
        private Json.Obj params;
        private @Nullable ActionId id;
        private @Nullable AgentId agentId;
        private @Nullable RunId runId;
        private boolean recordOnly;
        private @Nullable Instant ifUpdatedAt;

        private Builder() {}

        /**
         * Sets projectId.
         *
         * @param projectId the project
         * @return this
         */
        public Builder projectId(ProjectId projectId) {
            this.projectId = projectId;
            return this;
        }

        /**
         * Sets type.
         *
         * @param type what to change
         * @return this
         */
        public Builder type(ActionKind type) {
            this.type = type;
            return this;
        }

        /**
         * Sets params.
         *
         * @param params how; see {@link ActionKind}
         * @return this
         */
        public Builder params(Json.Obj params) {
            this.params = params;
            return this;
        }

        /**
         * Sets id.
         *
         * @param id its id, or null for a new one (then it can't be repeated safely)
         * @return this
         */
        public Builder id(@Nullable ActionId id) {
            this.id = id;
            return this;
        }

        /**
         * Sets agentId.
         *
         * @param agentId the agent that asks, or null
         * @return this
         */
        public Builder agentId(@Nullable AgentId agentId) {
            this.agentId = agentId;
            return this;
        }

        /**
         * Sets runId.
         *
         * @param runId the run it belongs to, or null
         * @return this
         */
        public Builder runId(@Nullable RunId runId) {
            this.runId = runId;
            return this;
        }

        /**
         * Sets recordOnly.
         *
         * @param recordOnly whether only the event is to be written
         * @return this
         */
        public Builder recordOnly(boolean recordOnly) {
            this.recordOnly = recordOnly;
            return this;
        }

        /**
         * Sets ifUpdatedAt.
         *
         * @param ifUpdatedAt the project's version that the agent read, or null for whatever it is
         * @return this
         */
        public Builder ifUpdatedAt(@Nullable Instant ifUpdatedAt) {
            this.ifUpdatedAt = ifUpdatedAt;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public ApplyAction build() {
            return new ApplyAction(projectId, type, params, id, agentId, runId, recordOnly, ifUpdatedAt);
        }
    }
}
