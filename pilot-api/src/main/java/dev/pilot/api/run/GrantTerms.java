package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an approved tool is granted besides the one use that was asked for.
 *
 * @param scope for whom it holds
 * @param anyArguments whether it holds for other arguments and targets, too
 * @param uses how often it may be used; null for any number
 * @param expiresIn how long it holds; null for as long as its run, agent or project is there
 */
public record GrantTerms(
        GrantScope scope,
        boolean anyArguments,
        @Nullable Integer uses,
        @Nullable Duration expiresIn) {

    /** The same use again, by the same run. */
    public static final GrantTerms SAME_AGAIN = builder().build();

    /**
     * Fills in the defaults and checks what must be there.
     */
    public GrantTerms {
        scope = scope == null ? GrantScope.RUN : scope;
    }

    /**
     * Starts one; everything has a default.
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
        builder.scope = scope;
        builder.anyArguments = anyArguments;
        builder.uses = uses;
        builder.expiresIn = expiresIn;
        return builder;
    }

    /** Builds a {@link GrantTerms}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private GrantScope scope;
        private boolean anyArguments;
        private @Nullable Integer uses;
        private @Nullable Duration expiresIn;

        private Builder() {}

        /**
         * Sets scope.
         *
         * @param scope for whom it holds
         * @return this
         */
        public Builder scope(GrantScope scope) {
            this.scope = scope;
            return this;
        }

        /**
         * Sets anyArguments.
         *
         * @param anyArguments whether it holds for other arguments and targets, too
         * @return this
         */
        public Builder anyArguments(boolean anyArguments) {
            this.anyArguments = anyArguments;
            return this;
        }

        /**
         * Sets uses.
         *
         * @param uses how often it may be used; null for any number
         * @return this
         */
        public Builder uses(@Nullable Integer uses) {
            this.uses = uses;
            return this;
        }

        /**
         * Sets expiresIn.
         *
         * @param expiresIn how long it holds; null for as long as its run, agent or project is there
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
        public GrantTerms build() {
            return new GrantTerms(scope, anyArguments, uses, expiresIn);
        }
    }
}
