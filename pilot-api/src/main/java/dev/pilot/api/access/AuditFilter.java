package dev.pilot.api.access;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which audit events to list; null for any.
 *
 * @param who only those of this caller
 * @param kind only those about this
 * @param operation only those of this operation
 * @param decision only what was let happen, or was not
 * @param runId only those of this run
 * @param projectId only those of this project
 * @param host only those of this machine or address
 * @param workerId only those of this worker
 * @param target only those whose target begins like this; such a list is ordered by target first
 * @param from only what was recorded then or later
 * @param to only what was recorded before
 * @param oldestFirst whether the oldest come first; otherwise the newest do
 */
public record AuditFilter(
        @Nullable String who,
        @Nullable AuditKind kind,
        @Nullable AuditOperation operation,
        @Nullable AuditDecision decision,
        @Nullable RunId runId,
        @Nullable ProjectId projectId,
        @Nullable String host,
        @Nullable WorkerId workerId,
        @Nullable String target,
        @Nullable Instant from,
        @Nullable Instant to,
        boolean oldestFirst) {
    /** Every audit event, the newest first. */
    public static final AuditFilter ALL = builder().build();

    /**
     * Starts one that every audit event passes.
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
        builder.who = who;
        builder.kind = kind;
        builder.operation = operation;
        builder.decision = decision;
        builder.runId = runId;
        builder.projectId = projectId;
        builder.host = host;
        builder.workerId = workerId;
        builder.target = target;
        builder.from = from;
        builder.to = to;
        builder.oldestFirst = oldestFirst;
        return builder;
    }

    /** Builds a {@link AuditFilter}. Not for several threads. */
    public static final class Builder {
        private @Nullable String who;
        private @Nullable AuditKind kind;
        private @Nullable AuditOperation operation;
        private @Nullable AuditDecision decision;
        private @Nullable RunId runId;
        private @Nullable ProjectId projectId;
        private @Nullable String host;
        private @Nullable WorkerId workerId;
        private @Nullable String target;
        private @Nullable Instant from;
        private @Nullable Instant to;
        private boolean oldestFirst;

        private Builder() {}

        /**
         * Sets who.
         *
         * @param who only those of this caller
         * @return this
         */
        public Builder who(@Nullable String who) {
            this.who = who;
            return this;
        }

        /**
         * Sets kind.
         *
         * @param kind only those about this
         * @return this
         */
        public Builder kind(@Nullable AuditKind kind) {
            this.kind = kind;
            return this;
        }

        /**
         * Sets operation.
         *
         * @param operation only those of this operation
         * @return this
         */
        public Builder operation(@Nullable AuditOperation operation) {
            this.operation = operation;
            return this;
        }

        /**
         * Sets decision.
         *
         * @param decision only what was let happen, or was not
         * @return this
         */
        public Builder decision(@Nullable AuditDecision decision) {
            this.decision = decision;
            return this;
        }

        /**
         * Sets runId.
         *
         * @param runId only those of this run
         * @return this
         */
        public Builder runId(@Nullable RunId runId) {
            this.runId = runId;
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
         * Sets host.
         *
         * @param host only those of this machine or address
         * @return this
         */
        public Builder host(@Nullable String host) {
            this.host = host;
            return this;
        }

        /**
         * Sets workerId.
         *
         * @param workerId only those of this worker
         * @return this
         */
        public Builder workerId(@Nullable WorkerId workerId) {
            this.workerId = workerId;
            return this;
        }

        /**
         * Sets target.
         *
         * @param target only those whose target begins like this; such a list is ordered by target first
         * @return this
         */
        public Builder target(@Nullable String target) {
            this.target = target;
            return this;
        }

        /**
         * Sets from.
         *
         * @param from only what was recorded then or later
         * @return this
         */
        public Builder from(@Nullable Instant from) {
            this.from = from;
            return this;
        }

        /**
         * Sets to.
         *
         * @param to only what was recorded before
         * @return this
         */
        public Builder to(@Nullable Instant to) {
            this.to = to;
            return this;
        }

        /**
         * Sets oldestFirst.
         *
         * @param oldestFirst whether the oldest come first; otherwise the newest do
         * @return this
         */
        public Builder oldestFirst(boolean oldestFirst) {
            this.oldestFirst = oldestFirst;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public AuditFilter build() {
            return new AuditFilter(
                    who, kind, operation, decision, runId, projectId, host, workerId, target, from, to, oldestFirst);
        }
    }
}
