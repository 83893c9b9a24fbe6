package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.value.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A decision that a person is asked for. Pending ones are the inbox.
 *
 * @param id its id
 * @param subject what it is about
 * @param runId the run that waits for it, or null
 * @param projectId the project it belongs to, or null
 * @param attempt the run's attempt that asked, 0 for none
 * @param kind what is to be decided
 * @param risk what a wrong decision could cost
 * @param title the question in a few words
 * @param hash the SHA-256 of kind, subject and payload, in hex: what a decision is of
 * @param payload what exactly is to be approved, redacted
 * @param status how far it is
 * @param edited the payload that was approved instead, or null
 * @param decidedBy who decided, or null
 * @param decidedAt when, or null
 * @param comment what was said with the decision, or null
 * @param askedBy who asked, or null for the hub itself
 * @param effectAt when the decision took effect, or null while it has not
 * @param expiresAt when nobody having decided means no, or null for never
 * @param createdAt when it was created
 * @param updatedAt its version: when it last changed; strictly growing
 */
public record Approval(
        ApprovalId id,
        Subject subject,
        @Nullable RunId runId,
        @Nullable ProjectId projectId,
        int attempt,
        ApprovalKind kind,
        Risk risk,
        String title,
        String hash,
        Json.Obj payload,
        ApprovalStatus status,
        Json.@Nullable Obj edited,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String comment,
        @Nullable String askedBy,
        @Nullable Instant effectAt,
        @Nullable Instant expiresAt,
        Instant createdAt,
        Instant updatedAt) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public Approval {
        InvalidInput.required(id, "id");
        InvalidInput.required(subject, "subject");
        InvalidInput.required(kind, "kind");
        risk = risk == null ? Risk.MEDIUM : risk;
        InvalidInput.required(title, "title");
        payload = payload == null ? Json.Obj.EMPTY : payload;
        status = status == null ? ApprovalStatus.PENDING : status;
        InvalidInput.required(createdAt, "createdAt");
        InvalidInput.required(updatedAt, "updatedAt");
        InvalidInput.required(hash, "hash");
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
        builder.subject = subject;
        builder.runId = runId;
        builder.projectId = projectId;
        builder.attempt = attempt;
        builder.kind = kind;
        builder.risk = risk;
        builder.title = title;
        builder.hash = hash;
        builder.payload = payload;
        builder.status = status;
        builder.edited = edited;
        builder.decidedBy = decidedBy;
        builder.decidedAt = decidedAt;
        builder.comment = comment;
        builder.askedBy = askedBy;
        builder.effectAt = effectAt;
        builder.expiresAt = expiresAt;
        builder.createdAt = createdAt;
        builder.updatedAt = updatedAt;
        return builder;
    }

    /** Builds a {@link Approval}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private ApprovalId id;
        private Subject subject;
        private @Nullable RunId runId;
        private @Nullable ProjectId projectId;
        private int attempt;
        private ApprovalKind kind;
        private Risk risk;
        private String title;
        private String hash;
        private Json.Obj payload;
        private ApprovalStatus status;
        private Json.@Nullable Obj edited;
        private @Nullable String decidedBy;
        private @Nullable Instant decidedAt;
        private @Nullable String comment;
        private @Nullable String askedBy;
        private @Nullable Instant effectAt;
        private @Nullable Instant expiresAt;
        private Instant createdAt;
        private Instant updatedAt;

        private Builder() {}

        /**
         * Sets id.
         *
         * @param id its id
         * @return this
         */
        public Builder id(ApprovalId id) {
            this.id = id;
            return this;
        }

        /**
         * Sets subject.
         *
         * @param subject what it is about
         * @return this
         */
        public Builder subject(Subject subject) {
            this.subject = subject;
            return this;
        }

        /**
         * Sets runId.
         *
         * @param runId the run that waits for it, or null
         * @return this
         */
        public Builder runId(@Nullable RunId runId) {
            this.runId = runId;
            return this;
        }

        /**
         * Sets projectId.
         *
         * @param projectId the project it belongs to, or null
         * @return this
         */
        public Builder projectId(@Nullable ProjectId projectId) {
            this.projectId = projectId;
            return this;
        }

        /**
         * Sets attempt.
         *
         * @param attempt the run's attempt that asked, 0 for none
         * @return this
         */
        public Builder attempt(int attempt) {
            this.attempt = attempt;
            return this;
        }

        /**
         * Sets kind.
         *
         * @param kind what is to be decided
         * @return this
         */
        public Builder kind(ApprovalKind kind) {
            this.kind = kind;
            return this;
        }

        /**
         * Sets risk.
         *
         * @param risk what a wrong decision could cost
         * @return this
         */
        public Builder risk(Risk risk) {
            this.risk = risk;
            return this;
        }

        /**
         * Sets title.
         *
         * @param title the question in a few words
         * @return this
         */
        public Builder title(String title) {
            this.title = title;
            return this;
        }

        /**
         * Sets hash.
         *
         * @param hash the SHA-256 of kind, subject and payload, in hex: what a decision is of
         * @return this
         */
        public Builder hash(String hash) {
            this.hash = hash;
            return this;
        }

        /**
         * Sets payload.
         *
         * @param payload what exactly is to be approved, redacted
         * @return this
         */
        public Builder payload(Json.Obj payload) {
            this.payload = payload;
            return this;
        }

        /**
         * Sets status.
         *
         * @param status how far it is
         * @return this
         */
        public Builder status(ApprovalStatus status) {
            this.status = status;
            return this;
        }

        /**
         * Sets edited.
         *
         * @param edited the payload that was approved instead, or null
         * @return this
         */
        public Builder edited(Json.@Nullable Obj edited) {
            this.edited = edited;
            return this;
        }

        /**
         * Sets decidedBy.
         *
         * @param decidedBy who decided, or null
         * @return this
         */
        public Builder decidedBy(@Nullable String decidedBy) {
            this.decidedBy = decidedBy;
            return this;
        }

        /**
         * Sets decidedAt.
         *
         * @param decidedAt when, or null
         * @return this
         */
        public Builder decidedAt(@Nullable Instant decidedAt) {
            this.decidedAt = decidedAt;
            return this;
        }

        /**
         * Sets comment.
         *
         * @param comment what was said with the decision, or null
         * @return this
         */
        public Builder comment(@Nullable String comment) {
            this.comment = comment;
            return this;
        }

        /**
         * Sets askedBy.
         *
         * @param askedBy who asked, or null for the hub itself
         * @return this
         */
        public Builder askedBy(@Nullable String askedBy) {
            this.askedBy = askedBy;
            return this;
        }

        /**
         * Sets effectAt.
         *
         * @param effectAt when the decision took effect, or null while it has not
         * @return this
         */
        public Builder effectAt(@Nullable Instant effectAt) {
            this.effectAt = effectAt;
            return this;
        }

        /**
         * Sets expiresAt.
         *
         * @param expiresAt when nobody having decided means no, or null for never
         * @return this
         */
        public Builder expiresAt(@Nullable Instant expiresAt) {
            this.expiresAt = expiresAt;
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
        public Approval build() {
            return new Approval(
                    id, subject, runId, projectId, attempt, kind, risk, title, hash, payload, status, edited, decidedBy,
                    decidedAt, comment, askedBy, effectAt, expiresAt, createdAt, updatedAt);
        }
    }
}
