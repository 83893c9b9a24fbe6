package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.value.Json;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to create a run. What is absent comes from the agent profile, then from the task, then from the
 * defaults.
 *
 * @param projectId its project; may be absent where there is a task
 * @param taskId the task it attempts, or null
 * @param agentId the agent profile it was made from, or null
 * @param externalId an outside agent's own id for it, which may be used in place of the id; or null
 * @param parentId the run that makes it and whose budget it shares, or null
 * @param goal what is to be done; may be absent where there is a task
 * @param profile how it is carried out; may be absent where there is an agent
 * @param inputs reference paths and other context; credentials are refused
 * @param labels labels that its worker must have
 * @param priority lower goes first
 * @param policy which stops apply
 * @param budget what it may use
 * @param parallel whether it may run beside another active run of its task
 * @param links links
 * @param id an id of the caller's own, or null for a new one
 * @param idempotencyKey a key under which the same create may be repeated, or null
 */
public record CreateRun(
        @Nullable ProjectId projectId,
        @Nullable TaskId taskId,
        @Nullable AgentId agentId,
        @Nullable String externalId,
        @Nullable RunId parentId,
        @Nullable String goal,
        @Nullable RunProfile profile,
        Json.Obj inputs,
        Set<String> labels,
        @Nullable Integer priority,
        @Nullable RunPolicy policy,
        @Nullable Budget budget,
        boolean parallel,
        List<Link> links,
        @Nullable RunId id,
        @Nullable String idempotencyKey) {
    /**
     * Fills in the defaults and checks what must be there.
     */
    public CreateRun {
        inputs = inputs == null ? Json.Obj.EMPTY : inputs;
        labels = labels == null ? Set.of() : Set.copyOf(labels);
        links = links == null ? List.of() : List.copyOf(links);
    }

    /**
     * A run that attempts a task.
     *
     * @param taskId the task
     * @return a builder
     */
    public static Builder forTask(TaskId taskId) {
        return new Builder().taskId(taskId);
    }

    /**
     * A run in a project, without a task.
     *
     * @param projectId the project
     * @param goal what is to be done
     * @return a builder
     */
    public static Builder forProject(ProjectId projectId, String goal) {
        return new Builder().projectId(projectId).goal(goal);
    }

    /**
     * A builder that starts with what this one has.
     *
     * @return the builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.projectId = projectId;
        builder.taskId = taskId;
        builder.agentId = agentId;
        builder.externalId = externalId;
        builder.parentId = parentId;
        builder.goal = goal;
        builder.profile = profile;
        builder.inputs = inputs;
        builder.labels = labels;
        builder.priority = priority;
        builder.policy = policy;
        builder.budget = budget;
        builder.parallel = parallel;
        builder.links = links;
        builder.id = id;
        builder.idempotencyKey = idempotencyKey;
        return builder;
    }

    /** Builds a {@link CreateRun}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private @Nullable ProjectId projectId;
        private @Nullable TaskId taskId;
        private @Nullable AgentId agentId;
        private @Nullable String externalId;
        private @Nullable RunId parentId;
        private @Nullable String goal;
        private @Nullable RunProfile profile;
        private Json.Obj inputs;
        private Set<String> labels;
        private @Nullable Integer priority;
        private @Nullable RunPolicy policy;
        private @Nullable Budget budget;
        private boolean parallel;
        private List<Link> links;
        private @Nullable RunId id;
        private @Nullable String idempotencyKey;

        private Builder() {}

        /**
         * Sets projectId.
         *
         * @param projectId its project; may be absent where there is a task
         * @return this
         */
        public Builder projectId(@Nullable ProjectId projectId) {
            this.projectId = projectId;
            return this;
        }

        /**
         * Sets taskId.
         *
         * @param taskId the task it attempts, or null
         * @return this
         */
        public Builder taskId(@Nullable TaskId taskId) {
            this.taskId = taskId;
            return this;
        }

        /**
         * Sets agentId.
         *
         * @param agentId the agent profile it was made from, or null
         * @return this
         */
        public Builder agentId(@Nullable AgentId agentId) {
            this.agentId = agentId;
            return this;
        }

        /**
         * Sets externalId.
         *
         * @param externalId an outside agent's own id for it, which may be used in place of the id; or null
         * @return this
         */
        public Builder externalId(@Nullable String externalId) {
            this.externalId = externalId;
            return this;
        }

        /**
         * Sets parentId.
         *
         * @param parentId the run that makes it and whose budget it shares, or null
         * @return this
         */
        public Builder parentId(@Nullable RunId parentId) {
            this.parentId = parentId;
            return this;
        }

        /**
         * Sets goal.
         *
         * @param goal what is to be done; may be absent where there is a task
         * @return this
         */
        public Builder goal(@Nullable String goal) {
            this.goal = goal;
            return this;
        }

        /**
         * Sets profile.
         *
         * @param profile how it is carried out; may be absent where there is an agent
         * @return this
         */
        public Builder profile(@Nullable RunProfile profile) {
            this.profile = profile;
            return this;
        }

        /**
         * Sets inputs.
         *
         * @param inputs reference paths and other context; credentials are refused
         * @return this
         */
        public Builder inputs(Json.Obj inputs) {
            this.inputs = inputs;
            return this;
        }

        /**
         * Sets labels.
         *
         * @param labels labels that its worker must have
         * @return this
         */
        public Builder labels(Set<String> labels) {
            this.labels = labels;
            return this;
        }

        /**
         * Sets priority.
         *
         * @param priority lower goes first
         * @return this
         */
        public Builder priority(@Nullable Integer priority) {
            this.priority = priority;
            return this;
        }

        /**
         * Sets policy.
         *
         * @param policy which stops apply
         * @return this
         */
        public Builder policy(@Nullable RunPolicy policy) {
            this.policy = policy;
            return this;
        }

        /**
         * Sets budget.
         *
         * @param budget what it may use
         * @return this
         */
        public Builder budget(@Nullable Budget budget) {
            this.budget = budget;
            return this;
        }

        /**
         * Sets parallel.
         *
         * @param parallel whether it may run beside another active run of its task
         * @return this
         */
        public Builder parallel(boolean parallel) {
            this.parallel = parallel;
            return this;
        }

        /**
         * Sets links.
         *
         * @param links links
         * @return this
         */
        public Builder links(List<Link> links) {
            this.links = links;
            return this;
        }

        /**
         * Sets id.
         *
         * @param id an id of the caller's own, or null for a new one
         * @return this
         */
        public Builder id(@Nullable RunId id) {
            this.id = id;
            return this;
        }

        /**
         * Sets idempotencyKey.
         *
         * @param idempotencyKey a key under which the same create may be repeated, or null
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
        public CreateRun build() {
            return new CreateRun(
                    projectId,
                    taskId,
                    agentId,
                    externalId,
                    parentId,
                    goal,
                    profile,
                    inputs,
                    labels,
                    priority,
                    policy,
                    budget,
                    parallel,
                    links,
                    id,
                    idempotencyKey);
        }
    }
}
