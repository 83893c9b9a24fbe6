package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.value.Json;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a worker asks before it goes on. The same question once more - kind and payload equal - is the same
 * approval.
 *
 * @param kind what is to be decided
 * @param title the question in a few words
 * @param risk what a wrong decision could cost
 * @param payload what exactly is to be approved
 * @param expiresIn after how long without a decision the answer is no; null for as long as the hub keeps questions
 */
public record NewApproval(
        ApprovalKind kind,
        String title,
        Risk risk,
        Json.Obj payload,
        @Nullable Duration expiresIn) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public NewApproval {
        InvalidInput.required(kind, "kind");
        InvalidInput.required(title, "title");
        risk = risk == null ? Risk.MEDIUM : risk;
        payload = payload == null ? Json.Obj.EMPTY : payload;
    }

    /**
     * Starts one with what it can't do without; everything else has a default.
     *
     * @param kind what is to be decided
     * @param title the question in a few words
     * @return the builder
     */
    public static Builder builder(ApprovalKind kind, String title) {
        Builder builder = new Builder();
        builder.kind = kind;
        builder.title = title;
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
        builder.title = title;
        builder.risk = risk;
        builder.payload = payload;
        builder.expiresIn = expiresIn;
        return builder;
    }

    /** Builds a {@link NewApproval}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private ApprovalKind kind;
        private String title;
        private Risk risk;
        private Json.Obj payload;
        private @Nullable Duration expiresIn;

        private Builder() {}

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
         * Sets payload.
         *
         * @param payload what exactly is to be approved
         * @return this
         */
        public Builder payload(Json.Obj payload) {
            this.payload = payload;
            return this;
        }

        /**
         * Sets expiresIn.
         *
         * @param expiresIn after how long without a decision the answer is no; null for as long as the hub keeps
         *     questions
         * @return this
         */
        public Builder expiresIn(@Nullable Duration expiresIn) {
            this.expiresIn = expiresIn;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public NewApproval build() {
            return new NewApproval(kind, title, risk, payload, expiresIn);
        }
    }
}
