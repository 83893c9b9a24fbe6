package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.value.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker reports how an attempt ended. The same report twice is one report.
 *
 * @param lease the lease
 * @param result how it ended
 * @param exitCode the command's exit code, or null
 * @param summary what came of it
 * @param error why it failed, or null
 * @param usage what the attempt used
 * @param branch its branch in the hub's repository, or null
 * @param baseCommit the commit it started from, or null
 * @param headCommit the commit with its result; null if it changed nothing
 * @param gates what became of the gates
 * @param metrics figures of the agent's own
 * @param links links
 */
public record FinishRun(
        Lease lease,
        RunResult result,
        @Nullable Integer exitCode,
        String summary,
        @Nullable RunError error,
        Usage usage,
        @Nullable String branch,
        @Nullable String baseCommit,
        @Nullable String headCommit,
        List<GateResult> gates,
        Json.Obj metrics,
        List<Link> links) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public FinishRun {
        InvalidInput.required(lease, "lease");
        InvalidInput.required(result, "result");
        summary = summary == null ? "" : summary;
        usage = usage == null ? Usage.NONE : usage;
        gates = gates == null ? List.of() : List.copyOf(gates);
        metrics = metrics == null ? Json.Obj.EMPTY : metrics;
        links = links == null ? List.of() : List.copyOf(links);
    }

    /**
     * Starts one with what it can't do without; everything else has a default.
     *
     * @param lease the lease
     * @param result how it ended
     * @return the builder
     */
    public static Builder builder(Lease lease, RunResult result) {
        Builder builder = new Builder();
        builder.lease = lease;
        builder.result = result;
        return builder;
    }

    /**
     * A builder that starts with what this one has.
     *
     * @return the builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.lease = lease;
        builder.result = result;
        builder.exitCode = exitCode;
        builder.summary = summary;
        builder.error = error;
        builder.usage = usage;
        builder.branch = branch;
        builder.baseCommit = baseCommit;
        builder.headCommit = headCommit;
        builder.gates = gates;
        builder.metrics = metrics;
        builder.links = links;
        return builder;
    }

    /** Builds a {@link FinishRun}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private Lease lease;
        private RunResult result;
        private @Nullable Integer exitCode;
        private String summary;
        private @Nullable RunError error;
        private Usage usage;
        private @Nullable String branch;
        private @Nullable String baseCommit;
        private @Nullable String headCommit;
        private List<GateResult> gates;
        private Json.Obj metrics;
        private List<Link> links;

        private Builder() {}

        /**
         * Sets lease.
         *
         * @param lease the lease
         * @return this
         */
        public Builder lease(Lease lease) {
            this.lease = lease;
            return this;
        }

        /**
         * Sets result.
         *
         * @param result how it ended
         * @return this
         */
        public Builder result(RunResult result) {
            this.result = result;
            return this;
        }

        /**
         * Sets exitCode.
         *
         * @param exitCode the command's exit code, or null
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
         * Sets usage.
         *
         * @param usage what the attempt used
         * @return this
         */
        public Builder usage(Usage usage) {
            this.usage = usage;
            return this;
        }

        /**
         * Sets branch.
         *
         * @param branch its branch in the hub's repository, or null
         * @return this
         */
        public Builder branch(@Nullable String branch) {
            this.branch = branch;
            return this;
        }

        /**
         * Sets baseCommit.
         *
         * @param baseCommit the commit it started from, or null
         * @return this
         */
        public Builder baseCommit(@Nullable String baseCommit) {
            this.baseCommit = baseCommit;
            return this;
        }

        /**
         * Sets headCommit.
         *
         * @param headCommit the commit with its result; null if it changed nothing
         * @return this
         */
        public Builder headCommit(@Nullable String headCommit) {
            this.headCommit = headCommit;
            return this;
        }

        /**
         * Sets gates.
         *
         * @param gates what became of the gates
         * @return this
         */
        public Builder gates(List<GateResult> gates) {
            this.gates = gates;
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
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public FinishRun build() {
            return new FinishRun(
                    lease,
                    result,
                    exitCode,
                    summary,
                    error,
                    usage,
                    branch,
                    baseCommit,
                    headCommit,
                    gates,
                    metrics,
                    links);
        }
    }
}
