package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Which approvals to list; null for any.
 *
 * @param status only those that are this far
 * @param kind only those of this kind
 * @param runId only those of this run
 * @param projectId only those of this project
 */
public record ApprovalFilter(
        @Nullable ApprovalStatus status,
        @Nullable ApprovalKind kind,
        @Nullable RunId runId,
        @Nullable ProjectId projectId) {

    /** All that wait for a decision. */
    public static final ApprovalFilter PENDING =
            builder().status(ApprovalStatus.PENDING).build();

    /**
     * Starts one that every approval passes.
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
        builder.status = status;
        builder.kind = kind;
        builder.runId = runId;
        builder.projectId = projectId;
        return builder;
    }

    /** Builds a {@link ApprovalFilter}. Not for several threads. */
    public static final class Builder {
        private @Nullable ApprovalStatus status;
        private @Nullable ApprovalKind kind;
        private @Nullable RunId runId;
        private @Nullable ProjectId projectId;

        private Builder() {}

        /**
         * Sets status.
         *
         * @param status only those that are this far
         * @return this
         */
        public Builder status(@Nullable ApprovalStatus status) {
            this.status = status;
            return this;
        }

        /**
         * Sets kind.
         *
         * @param kind only those of this kind
         * @return this
         */
        public Builder kind(@Nullable ApprovalKind kind) {
            this.kind = kind;
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
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public ApprovalFilter build() {
            return new ApprovalFilter(status, kind, runId, projectId);
        }
    }
}
