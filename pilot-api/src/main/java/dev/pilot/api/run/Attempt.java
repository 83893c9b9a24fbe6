package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a run.
 *
 * @param runId the run
 * @param attempt its number, from 1
 * @param workerId who made it
 * @param branch its branch, or null
 * @param baseCommit the commit it started from, or null
 * @param headCommit the commit with its result, or null
 * @param outcome how it ended: a {@link RunResult}, {@code lost} or {@code released}; null while it goes on
 * @param exitCode its command's exit code, or null
 * @param error why it failed, or null
 * @param startedAt when it was claimed
 * @param finishedAt when it ended, or null
 */
public record Attempt(
        RunId runId,
        int attempt,
        WorkerId workerId,
        @Nullable String branch,
        @Nullable String baseCommit,
        @Nullable String headCommit,
        @Nullable String outcome,
        @Nullable Integer exitCode,
        @Nullable RunError error,
        Instant startedAt,
        @Nullable Instant finishedAt) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public Attempt {
        InvalidInput.required(runId, "runId");
        InvalidInput.required(workerId, "workerId");
        InvalidInput.required(startedAt, "startedAt");
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
        builder.runId = runId;
        builder.attempt = attempt;
        builder.workerId = workerId;
        builder.branch = branch;
        builder.baseCommit = baseCommit;
        builder.headCommit = headCommit;
        builder.outcome = outcome;
        builder.exitCode = exitCode;
        builder.error = error;
        builder.startedAt = startedAt;
        builder.finishedAt = finishedAt;
        return builder;
    }

    /** Builds a {@link Attempt}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private RunId runId;
        private int attempt;
        private WorkerId workerId;
        private @Nullable String branch;
        private @Nullable String baseCommit;
        private @Nullable String headCommit;
        private @Nullable String outcome;
        private @Nullable Integer exitCode;
        private @Nullable RunError error;
        private Instant startedAt;
        private @Nullable Instant finishedAt;

        private Builder() {}

        /**
         * Sets runId.
         *
         * @param runId the run
         * @return this
         */
        public Builder runId(RunId runId) {
            this.runId = runId;
            return this;
        }

        /**
         * Sets attempt.
         *
         * @param attempt its number, from 1
         * @return this
         */
        public Builder attempt(int attempt) {
            this.attempt = attempt;
            return this;
        }

        /**
         * Sets workerId.
         *
         * @param workerId who made it
         * @return this
         */
        public Builder workerId(WorkerId workerId) {
            this.workerId = workerId;
            return this;
        }

        /**
         * Sets branch.
         *
         * @param branch its branch, or null
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
         * @param headCommit the commit with its result, or null
         * @return this
         */
        public Builder headCommit(@Nullable String headCommit) {
            this.headCommit = headCommit;
            return this;
        }

        /**
         * Sets outcome.
         *
         * @param outcome how it ended: a {@link RunResult}, {@code lost} or {@code released}; null while it goes on
         * @return this
         */
        public Builder outcome(@Nullable String outcome) {
            this.outcome = outcome;
            return this;
        }

        /**
         * Sets exitCode.
         *
         * @param exitCode its command's exit code, or null
         * @return this
         */
        public Builder exitCode(@Nullable Integer exitCode) {
            this.exitCode = exitCode;
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
         * Sets startedAt.
         *
         * @param startedAt when it was claimed
         * @return this
         */
        public Builder startedAt(Instant startedAt) {
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
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public Attempt build() {
            return new Attempt(
                    runId,
                    attempt,
                    workerId,
                    branch,
                    baseCommit,
                    headCommit,
                    outcome,
                    exitCode,
                    error,
                    startedAt,
                    finishedAt);
        }
    }
}
