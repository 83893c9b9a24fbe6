package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A patch of an agent profile: each field is kept, cleared or set. Runs that exist keep what they were made with.
 *
 * @param name its name: keep, clear or set
 * @param role who it is, such as {@code backend}, or null: keep, clear or set
 * @param description what it is good at: keep, clear or set
 * @param profile how its runs are carried out: keep, clear or set
 * @param policy which stops apply to its runs: keep, clear or set
 * @param budget what its runs may use: keep, clear or set
 * @param enabled whether runs may be made from it: keep, clear or set
 * @param attributes free-form fields, kept as they came: keep, clear or set
 * @param ifUpdatedAt the version that the caller read; if the entity has another by now, nothing is changed; null
 *     for whatever it is
 */
public record UpdateAgent(
        Edit<String> name,
        Edit<String> role,
        Edit<String> description,
        Edit<RunProfile> profile,
        Edit<RunPolicy> policy,
        Edit<Budget> budget,
        Edit<Boolean> enabled,
        Edit<Json.Obj> attributes,
        @Nullable Instant ifUpdatedAt) {
    /**
     * Fills in the defaults and checks what must be there.
     */
    public UpdateAgent {
        name = name == null ? Edit.keep() : name;
        role = role == null ? Edit.keep() : role;
        description = description == null ? Edit.keep() : description;
        profile = profile == null ? Edit.keep() : profile;
        policy = policy == null ? Edit.keep() : policy;
        budget = budget == null ? Edit.keep() : budget;
        enabled = enabled == null ? Edit.keep() : enabled;
        attributes = attributes == null ? Edit.keep() : attributes;
    }

    /**
     * Starts one that changes nothing.
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
        builder.name = name;
        builder.role = role;
        builder.description = description;
        builder.profile = profile;
        builder.policy = policy;
        builder.budget = budget;
        builder.enabled = enabled;
        builder.attributes = attributes;
        builder.ifUpdatedAt = ifUpdatedAt;
        return builder;
    }

    /** Builds a {@link UpdateAgent}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private Edit<String> name;
        private Edit<String> role;
        private Edit<String> description;
        private Edit<RunProfile> profile;
        private Edit<RunPolicy> policy;
        private Edit<Budget> budget;
        private Edit<Boolean> enabled;
        private Edit<Json.Obj> attributes;
        private @Nullable Instant ifUpdatedAt;

        private Builder() {}

        /**
         * Sets name.
         *
         * @param name its name: keep, clear or set
         * @return this
         */
        public Builder name(Edit<String> name) {
            this.name = name;
            return this;
        }

        /**
         * Sets role.
         *
         * @param role who it is, such as {@code backend}, or null: keep, clear or set
         * @return this
         */
        public Builder role(Edit<String> role) {
            this.role = role;
            return this;
        }

        /**
         * Sets description.
         *
         * @param description what it is good at: keep, clear or set
         * @return this
         */
        public Builder description(Edit<String> description) {
            this.description = description;
            return this;
        }

        /**
         * Sets profile.
         *
         * @param profile how its runs are carried out: keep, clear or set
         * @return this
         */
        public Builder profile(Edit<RunProfile> profile) {
            this.profile = profile;
            return this;
        }

        /**
         * Sets policy.
         *
         * @param policy which stops apply to its runs: keep, clear or set
         * @return this
         */
        public Builder policy(Edit<RunPolicy> policy) {
            this.policy = policy;
            return this;
        }

        /**
         * Sets budget.
         *
         * @param budget what its runs may use: keep, clear or set
         * @return this
         */
        public Builder budget(Edit<Budget> budget) {
            this.budget = budget;
            return this;
        }

        /**
         * Sets enabled.
         *
         * @param enabled whether runs may be made from it: keep, clear or set
         * @return this
         */
        public Builder enabled(Edit<Boolean> enabled) {
            this.enabled = enabled;
            return this;
        }

        /**
         * Sets attributes.
         *
         * @param attributes free-form fields, kept as they came: keep, clear or set
         * @return this
         */
        public Builder attributes(Edit<Json.Obj> attributes) {
            this.attributes = attributes;
            return this;
        }

        /**
         * Sets ifUpdatedAt.
         *
         * @param ifUpdatedAt the version that the caller read; if the entity has another by now, nothing is
         *     changed; null for whatever it is
         * @return this
         */
        public Builder ifUpdatedAt(@Nullable Instant ifUpdatedAt) {
            this.ifUpdatedAt = ifUpdatedAt;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public UpdateAgent build() {
            return new UpdateAgent(name, role, description, profile, policy, budget, enabled, attributes, ifUpdatedAt);
        }
    }
}
