package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.value.Json;
import org.jspecify.annotations.Nullable;

/**
 * What somebody decides on an approval.
 *
 * @param verdict yes, no, or yes with another payload
 * @param comment what is said with it; for a rejected review it is the next attempt's feedback
 * @param payload the other payload; only with {@code edit}
 * @param again for a rejected review: whether the run goes back to the queue for another attempt
 * @param hash the hash of what was looked at; the decision is refused if the approval is of something else. Null to
 *     decide whatever it is of
 * @param grant for an approved tool: what is granted; null for {@link GrantTerms#SAME_AGAIN}
 */
public record Decision(
        Verdict verdict,
        @Nullable String comment,
        Json.@Nullable Obj payload,
        boolean again,
        @Nullable String hash,
        @Nullable GrantTerms grant) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public Decision {
        InvalidInput.required(verdict, "verdict");
    }

    /**
     * Yes or no, with a comment.
     *
     * @param verdict approve or reject
     * @param comment what is said with it, or null
     * @param again for a rejected review: whether the run goes back to the queue for another attempt
     * @return the decision
     */
    public static Decision of(Verdict verdict, @Nullable String comment, boolean again) {
        return builder(verdict).comment(comment).again(again).build();
    }

    /**
     * Yes.
     *
     * @return the decision
     */
    public static Decision approve() {
        return builder(Verdict.APPROVE).build();
    }

    /**
     * No.
     *
     * @param comment why, or null
     * @return the decision
     */
    public static Decision reject(@Nullable String comment) {
        return of(Verdict.REJECT, comment, false);
    }

    /**
     * No, but try again.
     *
     * @param feedback what the next attempt should do better
     * @return the decision
     */
    public static Decision again(String feedback) {
        return of(Verdict.REJECT, feedback, true);
    }

    /**
     * Yes, with another payload.
     *
     * @param payload the other payload
     * @param comment what is said with it, or null
     * @return the decision
     */
    public static Decision edit(Json.Obj payload, @Nullable String comment) {
        return builder(Verdict.EDIT).payload(payload).comment(comment).build();
    }

    /**
     * Starts one with what it can't do without; everything else has a default.
     *
     * @param verdict yes, no, or yes with another payload
     * @return the builder
     */
    public static Builder builder(Verdict verdict) {
        Builder builder = new Builder();
        builder.verdict = verdict;
        return builder;
    }

    /**
     * A builder that starts with what this one has.
     *
     * @return the builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.verdict = verdict;
        builder.comment = comment;
        builder.payload = payload;
        builder.again = again;
        builder.hash = hash;
        builder.grant = grant;
        return builder;
    }

    /** Builds a {@link Decision}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private Verdict verdict;
        private @Nullable String comment;
        private Json.@Nullable Obj payload;
        private boolean again;
        private @Nullable String hash;
        private @Nullable GrantTerms grant;

        private Builder() {}

        /**
         * Sets verdict.
         *
         * @param verdict yes, no, or yes with another payload
         * @return this
         */
        public Builder verdict(Verdict verdict) {
            this.verdict = verdict;
            return this;
        }

        /**
         * Sets comment.
         *
         * @param comment what is said with it; for a rejected review it is the next attempt's feedback
         * @return this
         */
        public Builder comment(@Nullable String comment) {
            this.comment = comment;
            return this;
        }

        /**
         * Sets payload.
         *
         * @param payload the other payload; only with {@code edit}
         * @return this
         */
        public Builder payload(Json.@Nullable Obj payload) {
            this.payload = payload;
            return this;
        }

        /**
         * Sets again.
         *
         * @param again for a rejected review: whether the run goes back to the queue for another attempt
         * @return this
         */
        public Builder again(boolean again) {
            this.again = again;
            return this;
        }

        /**
         * Sets hash.
         *
         * @param hash the hash of what was looked at; the decision is refused if the approval is of something else.
         *     Null to decide whatever it is of
         * @return this
         */
        public Builder hash(@Nullable String hash) {
            this.hash = hash;
            return this;
        }

        /**
         * Sets grant.
         *
         * @param grant for an approved tool: what is granted; null for {@link GrantTerms#SAME_AGAIN}
         * @return this
         */
        public Builder grant(@Nullable GrantTerms grant) {
            this.grant = grant;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public Decision build() {
            return new Decision(verdict, comment, payload, again, hash, grant);
        }
    }
}
