package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.value.Json;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the tasks of a project to be carried out, each as soon as all it depends on is done.
 *
 * @param projectId the project
 * @param tasks only these, with all that they need; empty for all tasks that are not cancelled
 * @param agentId carries out the tasks that have no assignee; null where a profile does, or all have one
 * @param profile how tasks without an assignee are carried out; null for what the agent says
 * @param policy for all of its runs; null for what each agent says
 * @param inputs inputs of all of its runs
 * @param labels what a worker must have to take its runs
 * @param maxActive how many of its runs may be there that are not over; null for as many as are ready
 * @param onFailure what it does when a task has failed
 * @param approval whether somebody must approve it first, which goes for all of its runs
 * @param budget what all of its runs may use together
 * @param id an id of the caller's own; null for one of the hub's
 * @param idempotencyKey makes a repetition find what the first one made; null for none
 */
public record StartGraph(
        ProjectId projectId,
        List<TaskId> tasks,
        @Nullable AgentId agentId,
        @Nullable RunProfile profile,
        @Nullable RunPolicy policy,
        Json.Obj inputs,
        Set<String> labels,
        @Nullable Integer maxActive,
        FailureRule onFailure,
        boolean approval,
        Budget budget,
        @Nullable GraphRunId id,
        @Nullable String idempotencyKey) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public StartGraph {
        InvalidInput.required(projectId, "projectId");
        tasks = tasks == null ? List.of() : List.copyOf(tasks);
        inputs = inputs == null ? Json.Obj.EMPTY : inputs;
        labels = labels == null ? Set.of() : Set.copyOf(labels);
        onFailure = onFailure == null ? FailureRule.CONTINUE : onFailure;
        budget = budget == null ? Budget.NONE : budget;
    }

    /**
     * Starts one for all tasks of a project.
     *
     * @param projectId the project
     * @return a builder
     */
    public static Builder forProject(ProjectId projectId) {
        return new Builder().projectId(projectId);
    }

    /**
     * Starts from this one.
     *
     * @return a builder with all its values
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.projectId = projectId;
        builder.tasks = tasks;
        builder.agentId = agentId;
        builder.profile = profile;
        builder.policy = policy;
        builder.inputs = inputs;
        builder.labels = labels;
        builder.maxActive = maxActive;
        builder.onFailure = onFailure;
        builder.approval = approval;
        builder.budget = budget;
        builder.id = id;
        builder.idempotencyKey = idempotencyKey;
        return builder;
    }

    /** Builds one. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private ProjectId projectId;
        private List<TaskId> tasks;
        private @Nullable AgentId agentId;
        private @Nullable RunProfile profile;
        private @Nullable RunPolicy policy;
        private Json.Obj inputs;
        private Set<String> labels;
        private @Nullable Integer maxActive;
        private FailureRule onFailure;
        private boolean approval;
        private Budget budget;
        private @Nullable GraphRunId id;
        private @Nullable String idempotencyKey;

        private Builder() {}

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
         * @param tasks only these, with all that they need; empty for all tasks that are not cancelled
         * @return this
         */
        public Builder tasks(List<TaskId> tasks) {
            this.tasks = tasks;
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
         * @param id an id of the caller's own; null for one of the hub's
         * @return this
         */
        public Builder id(@Nullable GraphRunId id) {
            this.id = id;
            return this;
        }

        /**
         * Sets it.
         *
         * @param idempotencyKey makes a repetition find what the first one made; null for none
         * @return this
         */
        public Builder idempotencyKey(@Nullable String idempotencyKey) {
            this.idempotencyKey = idempotencyKey;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public StartGraph build() {
            return new StartGraph(
                    projectId,
                    tasks,
                    agentId,
                    profile,
                    policy,
                    inputs,
                    labels,
                    maxActive,
                    onFailure,
                    approval,
                    budget,
                    id,
                    idempotencyKey);
        }
    }
}
