package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.value.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work handed out: the attempts of an agent or a command at a task.
 *
 * @param id its id
 * @param projectId its project
 * @param taskId the task it attempts, or null
 * @param agentId the agent profile it was made from, or null
 * @param externalId an outside agent's own id for it, which may be used in place of the id; or null
 * @param createdBy who made it, by name; null for the hub itself, as in a graph run
 * @param parentId the run that made it and whose budget it shares, or null
 * @param graphRunId the run of a task graph that it belongs to, or null
 * @param repoId the repository it works on, or null
 * @param goal what is to be done
 * @param profile how it is carried out
 * @param inputs reference paths and other context; no credentials
 * @param feedback what the reviewer said of the previous attempt, or null
 * @param labels labels that its worker must have
 * @param priority lower goes first
 * @param policy which stops apply
 * @param budget what it may use
 * @param usage what it has used
 * @param childUsage what its child runs have used, and theirs: tokens, cost and tool calls
 * @param state where it is
 * @param attempt the latest attempt, 0 before the first
 * @param failures how many attempts failed or were lost
 * @param lease the worker's hold on it, or null
 * @param clock how long a worker has been at the current attempt; null while none holds it
 * @param branch the branch of the latest attempt, or null
 * @param baseCommit the commit that the latest attempt started from, or null
 * @param headCommit the commit with its result, or null
 * @param mergedCommit the target's commit after the merge, or null
 * @param exitCode the exit code of the latest attempt's command, or null
 * @param summary what came of it
 * @param error why it failed, or null
 * @param gates what became of the latest attempt's gates
 * @param links links
 * @param metrics figures of the agent's own
 * @param notBefore when it may be claimed at the earliest, or null
 * @param startedAt when it was first claimed, or null
 * @param finishedAt when it ended, or null
 * @param createdAt when it was created
 * @param updatedAt its version: when it last changed; strictly growing
 */
public record Run(
        RunId id,
        ProjectId projectId,
        @Nullable TaskId taskId,
        @Nullable AgentId agentId,
        @Nullable String externalId,
        @Nullable String createdBy,
        @Nullable RunId parentId,
        @Nullable GraphRunId graphRunId,
        @Nullable RepoId repoId,
        String goal,
        RunProfile profile,
        Json.Obj inputs,
        @Nullable String feedback,
        Set<String> labels,
        int priority,
        RunPolicy policy,
        Budget budget,
        Usage usage,
        Usage childUsage,
        RunState state,
        int attempt,
        int failures,
        @Nullable Lease lease,
        @Nullable RunClock clock,
        @Nullable String branch,
        @Nullable String baseCommit,
        @Nullable String headCommit,
        @Nullable String mergedCommit,
        @Nullable Integer exitCode,
        String summary,
        @Nullable RunError error,
        List<GateResult> gates,
        List<Link> links,
        Json.Obj metrics,
        @Nullable Instant notBefore,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        Instant createdAt,
        Instant updatedAt) {
    /** A century: later than that nothing is due. */
    private static final long MOST_WALL = Duration.ofDays(36_500).toMillis();

    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public Run {
        InvalidInput.required(id, "id");
        InvalidInput.required(projectId, "projectId");
        InvalidInput.required(goal, "goal");
        InvalidInput.required(profile, "profile");
        inputs = inputs == null ? Json.Obj.EMPTY : inputs;
        labels = labels == null ? Set.of() : Set.copyOf(labels);
        policy = policy == null ? RunPolicy.NONE : policy;
        budget = budget == null ? Budget.NONE : budget;
        usage = usage == null ? Usage.NONE : usage;
        InvalidInput.required(state, "state");
        summary = summary == null ? "" : summary;
        gates = gates == null ? List.of() : List.copyOf(gates);
        links = links == null ? List.of() : List.copyOf(links);
        metrics = metrics == null ? Json.Obj.EMPTY : metrics;
        InvalidInput.required(createdAt, "createdAt");
        InvalidInput.required(updatedAt, "updatedAt");
        childUsage = childUsage == null ? Usage.NONE : childUsage;
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
        builder.projectId = projectId;
        builder.taskId = taskId;
        builder.agentId = agentId;
        builder.externalId = externalId;
        builder.createdBy = createdBy;
        builder.parentId = parentId;
        builder.graphRunId = graphRunId;
        builder.repoId = repoId;
        builder.goal = goal;
        builder.profile = profile;
        builder.inputs = inputs;
        builder.feedback = feedback;
        builder.labels = labels;
        builder.priority = priority;
        builder.policy = policy;
        builder.budget = budget;
        builder.usage = usage;
        builder.childUsage = childUsage;
        builder.state = state;
        builder.attempt = attempt;
        builder.failures = failures;
        builder.lease = lease;
        builder.clock = clock;
        builder.branch = branch;
        builder.baseCommit = baseCommit;
        builder.headCommit = headCommit;
        builder.mergedCommit = mergedCommit;
        builder.exitCode = exitCode;
        builder.summary = summary;
        builder.error = error;
        builder.gates = gates;
        builder.links = links;
        builder.metrics = metrics;
        builder.notBefore = notBefore;
        builder.startedAt = startedAt;
        builder.finishedAt = finishedAt;
        builder.createdAt = createdAt;
        builder.updatedAt = updatedAt;
        return builder;
    }

    /**
     * How long its attempts took till now.
     *
     * @param now the store's time
     * @return the time in milliseconds, of the current attempt by the store's clock
     */
    public long wallMillisAt(Instant now) {
        if (clock == null) {
            return usage.wallMillis();
        }
        return usage.wallMillis() - clock.reportedMillis() + Math.max(clock.reportedMillis(), clock.millisAt(now));
    }

    /**
     * When its wall time is used up, or four fifths of it as long as nobody was warned.
     *
     * @return the time, or null where it has no limit or doesn't pass
     */
    public @Nullable Instant wallDue() {
        if (budget.wall() == null || clock == null || clock.since() == null) {
            return null;
        }
        long limit = Math.min(budget.wall().toMillis(), MOST_WALL);
        long target = clock.warned() ? limit : limit - limit / 5;
        long before = usage.wallMillis() - clock.reportedMillis() + clock.workedMillis();
        return clock.since().plusMillis(target - before);
    }

    /** Builds a {@link Run}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private RunId id;
        private ProjectId projectId;
        private @Nullable TaskId taskId;
        private @Nullable AgentId agentId;
        private @Nullable String externalId;
        private @Nullable String createdBy;
        private @Nullable RunId parentId;
        private @Nullable GraphRunId graphRunId;
        private @Nullable RepoId repoId;
        private String goal;
        private RunProfile profile;
        private Json.Obj inputs;
        private @Nullable String feedback;
        private Set<String> labels;
        private int priority;
        private RunPolicy policy;
        private Budget budget;
        private Usage usage;
        private Usage childUsage;
        private RunState state;
        private int attempt;
        private int failures;
        private @Nullable Lease lease;
        private @Nullable RunClock clock;
        private @Nullable String branch;
        private @Nullable String baseCommit;
        private @Nullable String headCommit;
        private @Nullable String mergedCommit;
        private @Nullable Integer exitCode;
        private String summary;
        private @Nullable RunError error;
        private List<GateResult> gates;
        private List<Link> links;
        private Json.Obj metrics;
        private @Nullable Instant notBefore;
        private @Nullable Instant startedAt;
        private @Nullable Instant finishedAt;
        private Instant createdAt;
        private Instant updatedAt;

        private Builder() {}

        /**
         * Sets id.
         *
         * @param id its id
         * @return this
         */
        public Builder id(RunId id) {
            this.id = id;
            return this;
        }

        /**
         * Sets projectId.
         *
         * @param projectId its project
         * @return this
         */
        public Builder projectId(ProjectId projectId) {
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
         * Sets createdBy.
         *
         * @param createdBy who made it, by name; null for the hub itself, as in a graph run
         * @return this
         */
        public Builder createdBy(@Nullable String createdBy) {
            this.createdBy = createdBy;
            return this;
        }

        /**
         * Sets parentId.
         *
         * @param parentId the run that made it and whose budget it shares, or null
         * @return this
         */
        public Builder parentId(@Nullable RunId parentId) {
            this.parentId = parentId;
            return this;
        }

        /**
         * Sets graphRunId.
         *
         * @param graphRunId the run of a task graph that it belongs to, or null
         * @return this
         */
        public Builder graphRunId(@Nullable GraphRunId graphRunId) {
            this.graphRunId = graphRunId;
            return this;
        }

        /**
         * Sets repoId.
         *
         * @param repoId the repository it works on, or null
         * @return this
         */
        public Builder repoId(@Nullable RepoId repoId) {
            this.repoId = repoId;
            return this;
        }

        /**
         * Sets goal.
         *
         * @param goal what is to be done
         * @return this
         */
        public Builder goal(String goal) {
            this.goal = goal;
            return this;
        }

        /**
         * Sets profile.
         *
         * @param profile how it is carried out
         * @return this
         */
        public Builder profile(RunProfile profile) {
            this.profile = profile;
            return this;
        }

        /**
         * Sets inputs.
         *
         * @param inputs reference paths and other context; no credentials
         * @return this
         */
        public Builder inputs(Json.Obj inputs) {
            this.inputs = inputs;
            return this;
        }

        /**
         * Sets feedback.
         *
         * @param feedback what the reviewer said of the previous attempt, or null
         * @return this
         */
        public Builder feedback(@Nullable String feedback) {
            this.feedback = feedback;
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
        public Builder priority(int priority) {
            this.priority = priority;
            return this;
        }

        /**
         * Sets policy.
         *
         * @param policy which stops apply
         * @return this
         */
        public Builder policy(RunPolicy policy) {
            this.policy = policy;
            return this;
        }

        /**
         * Sets budget.
         *
         * @param budget what it may use
         * @return this
         */
        public Builder budget(Budget budget) {
            this.budget = budget;
            return this;
        }

        /**
         * Sets usage.
         *
         * @param usage what it has used
         * @return this
         */
        public Builder usage(Usage usage) {
            this.usage = usage;
            return this;
        }

        /**
         * Sets childUsage.
         *
         * @param childUsage what its child runs have used, and theirs: tokens, cost and tool calls
         * @return this
         */
        public Builder childUsage(Usage childUsage) {
            this.childUsage = childUsage;
            return this;
        }

        /**
         * Sets state.
         *
         * @param state where it is
         * @return this
         */
        public Builder state(RunState state) {
            this.state = state;
            return this;
        }

        /**
         * Sets attempt.
         *
         * @param attempt the latest attempt, 0 before the first
         * @return this
         */
        public Builder attempt(int attempt) {
            this.attempt = attempt;
            return this;
        }

        /**
         * Sets failures.
         *
         * @param failures how many attempts failed or were lost
         * @return this
         */
        public Builder failures(int failures) {
            this.failures = failures;
            return this;
        }

        /**
         * Sets lease.
         *
         * @param lease the worker's hold on it, or null
         * @return this
         */
        public Builder lease(@Nullable Lease lease) {
            this.lease = lease;
            return this;
        }

        /**
         * Sets clock.
         *
         * @param clock how long a worker has been at the current attempt; null while none holds it
         * @return this
         */
        public Builder clock(@Nullable RunClock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Sets branch.
         *
         * @param branch the branch of the latest attempt, or null
         * @return this
         */
        public Builder branch(@Nullable String branch) {
            this.branch = branch;
            return this;
        }

        /**
         * Sets baseCommit.
         *
         * @param baseCommit the commit that the latest attempt started from, or null
         * @return this
         */
        public Builder baseCommit(@Nullable String baseCommit) {
            this.baseCommit = baseCommit;
            return this;
        }

        /**
         * Sets headCommit.
         *
         * @param headCommit the commit with its result, or null
         * @return this
         */
        public Builder headCommit(@Nullable String headCommit) {
            this.headCommit = headCommit;
            return this;
        }

        /**
         * Sets mergedCommit.
         *
         * @param mergedCommit the target's commit after the merge, or null
         * @return this
         */
        public Builder mergedCommit(@Nullable String mergedCommit) {
            this.mergedCommit = mergedCommit;
            return this;
        }

        /**
         * Sets exitCode.
         *
         * @param exitCode the exit code of the latest attempt's command, or null
         * @return this
         */
        public Builder exitCode(@Nullable Integer exitCode) {
            this.exitCode = exitCode;
            return this;
        }

        /**
         * Sets summary.
         *
         * @param summary what came of it
         * @return this
         */
        public Builder summary(String summary) {
            this.summary = summary;
            return this;
        }

        /**
         * Sets error.
         *
         * @param error why it failed, or null
         * @return this
         */
        public Builder error(@Nullable RunError error) {
            this.error = error;
            return this;
        }

        /**
         * Sets gates.
         *
         * @param gates what became of the latest attempt's gates
         * @return this
         */
        public Builder gates(List<GateResult> gates) {
            this.gates = gates;
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
         * Sets metrics.
         *
         * @param metrics figures of the agent's own
         * @return this
         */
        public Builder metrics(Json.Obj metrics) {
            this.metrics = metrics;
            return this;
        }

        /**
         * Sets notBefore.
         *
         * @param notBefore when it may be claimed at the earliest, or null
         * @return this
         */
        public Builder notBefore(@Nullable Instant notBefore) {
            this.notBefore = notBefore;
            return this;
        }

        /**
         * Sets startedAt.
         *
         * @param startedAt when it was first claimed, or null
         * @return this
         */
        public Builder startedAt(@Nullable Instant startedAt) {
            this.startedAt = startedAt;
            return this;
        }

        /**
         * Sets finishedAt.
         *
         * @param finishedAt when it ended, or null
         * @return this
         */
        public Builder finishedAt(@Nullable Instant finishedAt) {
            this.finishedAt = finishedAt;
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
        public Run build() {
            return new Run(
                    id,
                    projectId,
                    taskId,
                    agentId,
                    externalId,
                    createdBy,
                    parentId,
                    graphRunId,
                    repoId,
                    goal,
                    profile,
                    inputs,
                    feedback,
                    labels,
                    priority,
                    policy,
                    budget,
                    usage,
                    childUsage,
                    state,
                    attempt,
                    failures,
                    lease,
                    clock,
                    branch,
                    baseCommit,
                    headCommit,
                    mergedCommit,
                    exitCode,
                    summary,
                    error,
                    gates,
                    links,
                    metrics,
                    notBefore,
                    startedAt,
                    finishedAt,
                    createdAt,
                    updatedAt);
        }
    }
}
