package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.GrantId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tool that was approved and may be used without asking again.
 *
 * @param id its id
 * @param scope for whom it holds
 * @param runId the run, where it holds for one
 * @param agentId the agent, where it holds for one
 * @param projectId the project of the run that asked
 * @param tool the tool
 * @param hash the hash of the use that was approved; null where it holds for any arguments and targets
 * @param usesLeft how often it may still be used; null for any number
 * @param expiresAt until when it holds; null for as long as its run, agent or project is there
 * @param approvalId the approval that it comes from
 * @param grantedBy who decided
 * @param createdAt when it was created
 * @param updatedAt its version: when it last changed; strictly growing
 */
public record ToolGrant(
        GrantId id,
        GrantScope scope,
        @Nullable RunId runId,
        @Nullable AgentId agentId,
        ProjectId projectId,
        String tool,
        @Nullable String hash,
        @Nullable Integer usesLeft,
        @Nullable Instant expiresAt,
        ApprovalId approvalId,
        String grantedBy,
        Instant createdAt,
        Instant updatedAt) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public ToolGrant {
        InvalidInput.required(id, "id");
        InvalidInput.required(scope, "scope");
        InvalidInput.required(projectId, "projectId");
        InvalidInput.required(tool, "tool");
        InvalidInput.required(approvalId, "approvalId");
        InvalidInput.required(grantedBy, "grantedBy");
        InvalidInput.required(createdAt, "createdAt");
        InvalidInput.required(updatedAt, "updatedAt");
    }

    /**
     * Starts one from nothing; for stores.
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
        builder.id = id;
        builder.scope = scope;
        builder.runId = runId;
        builder.agentId = agentId;
        builder.projectId = projectId;
        builder.tool = tool;
        builder.hash = hash;
        builder.usesLeft = usesLeft;
        builder.expiresAt = expiresAt;
        builder.approvalId = approvalId;
        builder.grantedBy = grantedBy;
        builder.createdAt = createdAt;
        builder.updatedAt = updatedAt;
        return builder;
    }

    /** Builds a {@link ToolGrant}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private GrantId id;
        private GrantScope scope;
        private @Nullable RunId runId;
        private @Nullable AgentId agentId;
        private ProjectId projectId;
        private String tool;
        private @Nullable String hash;
        private @Nullable Integer usesLeft;
        private @Nullable Instant expiresAt;
        private ApprovalId approvalId;
        private String grantedBy;
        private Instant createdAt;
        private Instant updatedAt;

        private Builder() {}

        /**
         * Sets id.
         *
         * @param id its id
         * @return this
         */
        public Builder id(GrantId id) {
            this.id = id;
            return this;
        }

        /**
         * Sets scope.
         *
         * @param scope for whom it holds
         * @return this
         */
        public Builder scope(GrantScope scope) {
            this.scope = scope;
            return this;
        }

        /**
         * Sets runId.
         *
         * @param runId the run, where it holds for one
         * @return this
         */
        public Builder runId(@Nullable RunId runId) {
            this.runId = runId;
            return this;
        }

        /**
         * Sets agentId.
         *
         * @param agentId the agent, where it holds for one
         * @return this
         */
        public Builder agentId(@Nullable AgentId agentId) {
            this.agentId = agentId;
            return this;
        }

        /**
         * Sets projectId.
         *
         * @param projectId the project of the run that asked
         * @return this
         */
        public Builder projectId(ProjectId projectId) {
            this.projectId = projectId;
            return this;
        }

        /**
         * Sets tool.
         *
         * @param tool the tool
         * @return this
         */
        public Builder tool(String tool) {
            this.tool = tool;
            return this;
        }

        /**
         * Sets hash.
         *
         * @param hash the hash of the use that was approved; null where it holds for any arguments and targets
         * @return this
         */
        public Builder hash(@Nullable String hash) {
            this.hash = hash;
            return this;
        }

        /**
         * Sets usesLeft.
         *
         * @param usesLeft how often it may still be used; null for any number
         * @return this
         */
        public Builder usesLeft(@Nullable Integer usesLeft) {
            this.usesLeft = usesLeft;
            return this;
        }

        /**
         * Sets expiresAt.
         *
         * @param expiresAt until when it holds; null for as long as its run, agent or project is there
         * @return this
         */
        public Builder expiresAt(@Nullable Instant expiresAt) {
            this.expiresAt = expiresAt;
            return this;
        }

        /**
         * Sets approvalId.
         *
         * @param approvalId the approval that it comes from
         * @return this
         */
        public Builder approvalId(ApprovalId approvalId) {
            this.approvalId = approvalId;
            return this;
        }

        /**
         * Sets grantedBy.
         *
         * @param grantedBy who decided
         * @return this
         */
        public Builder grantedBy(String grantedBy) {
            this.grantedBy = grantedBy;
            return this;
        }

        /**
         * Sets createdAt.
         *
         * @param createdAt when it was created
         * @return this
         */
        public Builder createdAt(Instant createdAt) {
            this.createdAt = createdAt;
            return this;
        }

        /**
         * Sets updatedAt.
         *
         * @param updatedAt its version: when it last changed; strictly growing
         * @return this
         */
        public Builder updatedAt(Instant updatedAt) {
            this.updatedAt = updatedAt;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public ToolGrant build() {
            return new ToolGrant(
                    id,
                    scope,
                    runId,
                    agentId,
                    projectId,
                    tool,
                    hash,
                    usesLeft,
                    expiresAt,
                    approvalId,
                    grantedBy,
                    createdAt,
                    updatedAt);
        }
    }
}
