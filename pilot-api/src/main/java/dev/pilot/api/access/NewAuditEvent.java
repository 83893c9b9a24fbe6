package dev.pilot.api.access;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AuditId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.value.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A decision to put on record. The same id twice with the same content is one record.
 *
 * @param kind what it is about
 * @param operation what was done, or was to be
 * @param target the path or object, such as {@code /etc/passwd}; 1 to 2,000 bytes of UTF-8
 * @param decision whether it was let happen
 * @param runId the run it belongs to, or null
 * @param projectId the project it belongs to, or null for the run's
 * @param reason why, for people
 * @param bytes how many bytes were read or written, or null
 * @param host the machine, or the address that a call came from, or null
 * @param workerId the worker, or null
 * @param happenedAt when it happened by the sender's clock, or null; the hub notes by its own when it was recorded
 * @param data for programs, a few fields
 * @param id its id, which may not begin with {@code aud_}, or null for a new one
 */
public record NewAuditEvent(
        AuditKind kind,
        AuditOperation operation,
        String target,
        AuditDecision decision,
        @Nullable RunId runId,
        @Nullable ProjectId projectId,
        String reason,
        @Nullable Long bytes,
        @Nullable String host,
        @Nullable WorkerId workerId,
        @Nullable Instant happenedAt,
        Json.Obj data,
        @Nullable AuditId id) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public NewAuditEvent {
        InvalidInput.required(kind, "kind");
        InvalidInput.required(operation, "operation");
        InvalidInput.required(target, "target");
        InvalidInput.required(decision, "decision");
        reason = reason == null ? "" : reason;
        data = data == null ? Json.Obj.EMPTY : data;
    }

    /**
     * Starts one with what it can't do without; everything else has a default.
     *
     * @param kind what it is about
     * @param operation what was done, or was to be
     * @param target the path or object, such as {@code /etc/passwd}; 1 to 2,000 bytes of UTF-8
     * @param decision whether it was let happen
     * @return the builder
     */
    public static Builder builder(AuditKind kind, AuditOperation operation, String target, AuditDecision decision) {
        Builder builder = new Builder();
        builder.kind = kind;
        builder.operation = operation;
        builder.target = target;
        builder.decision = decision;
        return builder;
    }

    /**
     * A builder that starts with what this one has.
     *
     * @return the builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.kind = kind;
        builder.operation = operation;
        builder.target = target;
        builder.decision = decision;
        builder.runId = runId;
        builder.projectId = projectId;
        builder.reason = reason;
        builder.bytes = bytes;
        builder.host = host;
        builder.workerId = workerId;
        builder.happenedAt = happenedAt;
        builder.data = data;
        builder.id = id;
        return builder;
    }

    /** Builds a {@link NewAuditEvent}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private AuditKind kind;
        private AuditOperation operation;
        private String target;
        private AuditDecision decision;
        private @Nullable RunId runId;
        private @Nullable ProjectId projectId;
        private String reason;
        private @Nullable Long bytes;
        private @Nullable String host;
        private @Nullable WorkerId workerId;
        private @Nullable Instant happenedAt;
        private Json.Obj data;
        private @Nullable AuditId id;

        private Builder() {}

        /**
         * Sets kind.
         *
         * @param kind what it is about
         * @return this
         */
        public Builder kind(AuditKind kind) {
            this.kind = kind;
            return this;
        }

        /**
         * Sets operation.
         *
         * @param operation what was done, or was to be
         * @return this
         */
        public Builder operation(AuditOperation operation) {
            this.operation = operation;
            return this;
        }

        /**
         * Sets target.
         *
         * @param target the path or object, such as {@code /etc/passwd}; 1 to 2,000 bytes of UTF-8
         * @return this
         */
        public Builder target(String target) {
            this.target = target;
            return this;
        }

        /**
         * Sets decision.
         *
         * @param decision whether it was let happen
         * @return this
         */
        public Builder decision(AuditDecision decision) {
            this.decision = decision;
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
         * Sets projectId.
         *
         * @param projectId the project it belongs to, or null for the run's
         * @return this
         */
        public Builder projectId(@Nullable ProjectId projectId) {
            this.projectId = projectId;
            return this;
        }

        /**
         * Sets reason.
         *
         * @param reason why, for people
         * @return this
         */
        public Builder reason(String reason) {
            this.reason = reason;
            return this;
        }

        /**
         * Sets bytes.
         *
         * @param bytes how many bytes were read or written, or null
         * @return this
         */
        public Builder bytes(@Nullable Long bytes) {
            this.bytes = bytes;
            return this;
        }

        /**
         * Sets host.
         *
         * @param host the machine, or the address that a call came from, or null
         * @return this
         */
        public Builder host(@Nullable String host) {
            this.host = host;
            return this;
        }

        /**
         * Sets workerId.
         *
         * @param workerId the worker, or null
         * @return this
         */
        public Builder workerId(@Nullable WorkerId workerId) {
            this.workerId = workerId;
            return this;
        }

        /**
         * Sets happenedAt.
         *
         * @param happenedAt when it happened by the sender's clock, or null; the hub notes by its own when it was
         *     recorded
         * @return this
         */
        public Builder happenedAt(@Nullable Instant happenedAt) {
            this.happenedAt = happenedAt;
            return this;
        }

        /**
         * Sets data.
         *
         * @param data for programs, a few fields
         * @return this
         */
        public Builder data(Json.Obj data) {
            this.data = data;
            return this;
        }

        /**
         * Sets id.
         *
         * @param id its id, which may not begin with {@code aud_}, or null for a new one
         * @return this
         */
        public Builder id(@Nullable AuditId id) {
            this.id = id;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public NewAuditEvent build() {
            return new NewAuditEvent(
                    kind,
                    operation,
                    target,
                    decision,
                    runId,
                    projectId,
                    reason,
                    bytes,
                    host,
                    workerId,
                    happenedAt,
                    data,
                    id);
        }
    }
}
