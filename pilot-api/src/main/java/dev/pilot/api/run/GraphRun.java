package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.value.Json;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One carrying-out of the tasks of a project: what is ready becomes a run by itself.
 *
 * @param id its id
 * @param projectId the project
 * @param state how far it is
 * @param agentId carries out the tasks that have no assignee; null where a profile does, or all have one
 * @param profile how tasks without an assignee are carried out; null for what the agent says
 * @param policy for all of its runs; null for what each agent says
 * @param inputs inputs of all of its runs
 * @param labels what a worker must have to take its runs
 * @param maxActive how many of its runs may be there that are not over; null for as many as are ready
 * @param onFailure what it does when a task has failed
 * @param approval whether somebody must approve it first, which goes for all of its runs
 * @param budget what all of its runs may use together
 * @param counts how many of its tasks are how far
 * @param approvalId the approval that it waits or waited for; null if none was asked for
 * @param startedBy who asked for it
 * @param createdAt when it was asked for
 * @param updatedAt its version
 * @param startedAt when it began; null before
 * @param finishedAt when it ended; null before
 */
public record GraphRun(
        GraphRunId id,
        ProjectId projectId,
        GraphRunState state,
        @Nullable AgentId agentId,
        @Nullable RunProfile profile,
        @Nullable RunPolicy policy,
        Json.Obj inputs,
        Set<String> labels,
        @Nullable Integer maxActive,
        FailureRule onFailure,
        boolean approval,
        Budget budget,
        GraphCounts counts,
        @Nullable ApprovalId approvalId,
        String startedBy,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public GraphRun {
        InvalidInput.required(id, "id");
        InvalidInput.required(projectId, "projectId");
        InvalidInput.required(state, "state");
        inputs = inputs == null ? Json.Obj.EMPTY : inputs;
        labels = labels == null ? Set.of() : Set.copyOf(labels);
        onFailure = onFailure == null ? FailureRule.CONTINUE : onFailure;
        budget = budget == null ? Budget.NONE : budget;
        counts = counts == null ? GraphCounts.NONE : counts;
        InvalidInput.required(startedBy, "startedBy");
        InvalidInput.required(createdAt, "createdAt");
        InvalidInput.required(updatedAt, "updatedAt");
    }

    /**
     * Starts one.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts from this one.
     *
     * @return a builder with all its values
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.id = id;
        builder.projectId = projectId;
        builder.state = state;
        builder.agentId = agentId;
        builder.profile = profile;
        builder.policy = policy;
        builder.inputs = inputs;
        builder.labels = labels;
        builder.maxActive = maxActive;
        builder.onFailure = onFailure;
        builder.approval = approval;
        builder.budget = budget;
        builder.counts = counts;
        builder.approvalId = approvalId;
        builder.startedBy = startedBy;
        builder.createdAt = createdAt;
        builder.updatedAt = updatedAt;
        builder.startedAt = startedAt;
        builder.finishedAt = finishedAt;
        return builder;
    }

    /** Builds one. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private GraphRunId id;
        private ProjectId projectId;
        private GraphRunState state;
        private @Nullable AgentId agentId;
        private @Nullable RunProfile profile;
        private @Nullable RunPolicy policy;
        private Json.Obj inputs;
        private Set<String> labels;
        private @Nullable Integer maxActive;
        private FailureRule onFailure;
        private boolean approval;
        private Budget budget;
        private GraphCounts counts;
        private @Nullable ApprovalId approvalId;
        private String startedBy;
        private Instant createdAt;
        private Instant updatedAt;
        private @Nullable Instant startedAt;
        private @Nullable Instant finishedAt;

        private Builder() {}

        /**
         * Sets it.
         *
         * @param id its id
         * @return this
         */
        public Builder id(GraphRunId id) {
            this.id = id;
            return this;
        }

        /**
         * Sets it.
         *
         * @param projectId the project
         * @return this
         */
        public Builder projectId(ProjectId projectId) {
            this.projectId = projectId;
            return this;
        }

        /**
         * Sets it.
         *
         * @param state how far it is
         * @return this
         */
        public Builder state(GraphRunState state) {
            this.state = state;
            return this;
        }

        /**
         * Sets it.
         *
         * @param agentId carries out the tasks that have no assignee; null where a profile does, or all have one
         * @return this
         */
        public Builder agentId(@Nullable AgentId agentId) {
            this.agentId = agentId;
            return this;
        }

        /**
         * Sets it.
         *
         * @param profile how tasks without an assignee are carried out; null for what the agent says
         * @return this
         */
        public Builder profile(@Nullable RunProfile profile) {
            this.profile = profile;
            return this;
        }

        /**
         * Sets it.
         *
         * @param policy for all of its runs; null for what each agent says
         * @return this
         */
        public Builder policy(@Nullable RunPolicy policy) {
            this.policy = policy;
            return this;
        }

        /**
         * Sets it.
         *
         * @param inputs inputs of all of its runs
         * @return this
         */
        public Builder inputs(Json.Obj inputs) {
            this.inputs = inputs;
            return this;
        }

        /**
         * Sets it.
         *
         * @param labels what a worker must have to take its runs
         * @return this
         */
        public Builder labels(Set<String> labels) {
            this.labels = labels;
            return this;
        }

        /**
         * Sets it.
         *
         * @param maxActive how many of its runs may be there that are not over; null for as many as are ready
         * @return this
         */
        public Builder maxActive(@Nullable Integer maxActive) {
            this.maxActive = maxActive;
            return this;
        }

        /**
         * Sets it.
         *
         * @param onFailure what it does when a task has failed
         * @return this
         */
        public Builder onFailure(FailureRule onFailure) {
            this.onFailure = onFailure;
            return this;
        }

        /**
         * Sets it.
         *
         * @param approval whether somebody must approve it first, which goes for all of its runs
         * @return this
         */
        public Builder approval(boolean approval) {
            this.approval = approval;
            return this;
        }

        /**
         * Sets it.
         *
         * @param budget what all of its runs may use together
         * @return this
         */
        public Builder budget(Budget budget) {
            this.budget = budget;
            return this;
        }

        /**
         * Sets it.
         *
         * @param counts how many of its tasks are how far
         * @return this
         */
        public Builder counts(GraphCounts counts) {
            this.counts = counts;
            return this;
        }

        /**
         * Sets it.
         *
         * @param approvalId the approval that it waits or waited for; null if none was asked for
         * @return this
         */
        public Builder approvalId(@Nullable ApprovalId approvalId) {
            this.approvalId = approvalId;
            return this;
        }

        /**
         * Sets it.
         *
         * @param startedBy who asked for it
         * @return this
         */
        public Builder startedBy(String startedBy) {
            this.startedBy = startedBy;
            return this;
        }

        /**
         * Sets it.
         *
         * @param createdAt when it was asked for
         * @return this
         */
        public Builder createdAt(Instant createdAt) {
            this.createdAt = createdAt;
            return this;
        }

        /**
         * Sets it.
         *
         * @param updatedAt its version
         * @return this
         */
        public Builder updatedAt(Instant updatedAt) {
            this.updatedAt = updatedAt;
            return this;
        }

        /**
         * Sets it.
         *
         * @param startedAt when it began; null before
         * @return this
         */
        public Builder startedAt(@Nullable Instant startedAt) {
            this.startedAt = startedAt;
            return this;
        }

        /**
         * Sets it.
         *
         * @param finishedAt when it ended; null before
         * @return this
         */
        public Builder finishedAt(@Nullable Instant finishedAt) {
            this.finishedAt = finishedAt;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public GraphRun build() {
            return new GraphRun(
                    id,
                    projectId,
                    state,
                    agentId,
                    profile,
                    policy,
                    inputs,
                    labels,
                    maxActive,
                    onFailure,
                    approval,
                    budget,
                    counts,
                    approvalId,
                    startedBy,
                    createdAt,
                    updatedAt,
                    startedAt,
                    finishedAt);
        }
    }
}
