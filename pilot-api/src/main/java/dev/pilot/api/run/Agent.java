package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.value.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An agent profile: what runs are made from.
 *
 * @param id its id
 * @param name its name
 * @param role who it is, such as {@code backend}, or null
 * @param description what it is good at
 * @param profile how its runs are carried out
 * @param policy which stops apply to its runs
 * @param budget what its runs may use
 * @param enabled whether runs may be made from it
 * @param attributes free-form fields, kept as they came
 * @param createdAt when it was created
 * @param updatedAt its version: when it last changed; strictly growing
 */
public record Agent(
        AgentId id,
        String name,
        @Nullable String role,
        String description,
        RunProfile profile,
        RunPolicy policy,
        Budget budget,
        Boolean enabled,
        Json.Obj attributes,
        Instant createdAt,
        Instant updatedAt) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public Agent {
        InvalidInput.required(id, "id");
        InvalidInput.required(name, "name");
        description = description == null ? "" : description;
        profile = profile == null ? RunProfile.builder().build() : profile;
        policy = policy == null ? RunPolicy.NONE : policy;
        budget = budget == null ? Budget.NONE : budget;
        enabled = enabled == null ? Boolean.TRUE : enabled;
        attributes = attributes == null ? Json.Obj.EMPTY : attributes;
        InvalidInput.required(createdAt, "createdAt");
        InvalidInput.required(updatedAt, "updatedAt");
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
        builder.name = name;
        builder.role = role;
        builder.description = description;
        builder.profile = profile;
        builder.policy = policy;
        builder.budget = budget;
        builder.enabled = enabled;
        builder.attributes = attributes;
        builder.createdAt = createdAt;
        builder.updatedAt = updatedAt;
        return builder;
    }

    /** Builds a {@link Agent}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private AgentId id;
        private String name;
        private @Nullable String role;
        private String description;
        private RunProfile profile;
        private RunPolicy policy;
        private Budget budget;
        private Boolean enabled;
        private Json.Obj attributes;
        private Instant createdAt;
        private Instant updatedAt;

        private Builder() {}

        /**
         * Sets id.
         *
         * @param id its id
         * @return this
         */
        public Builder id(AgentId id) {
            this.id = id;
            return this;
        }

        /**
         * Sets name.
         *
         * @param name its name
         * @return this
         */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /**
         * Sets role.
         *
         * @param role who it is, such as {@code backend}, or null
         * @return this
         */
        public Builder role(@Nullable String role) {
            this.role = role;
            return this;
        }

        /**
         * Sets description.
         *
         * @param description what it is good at
         * @return this
         */
        public Builder description(String description) {
            this.description = description;
            return this;
        }

        /**
         * Sets profile.
         *
         * @param profile how its runs are carried out
         * @return this
         */
        public Builder profile(RunProfile profile) {
            this.profile = profile;
            return this;
        }

        /**
         * Sets policy.
         *
         * @param policy which stops apply to its runs
         * @return this
         */
        public Builder policy(RunPolicy policy) {
            this.policy = policy;
            return this;
        }

        /**
         * Sets budget.
         *
         * @param budget what its runs may use
         * @return this
         */
        public Builder budget(Budget budget) {
            this.budget = budget;
            return this;
        }

        /**
         * Sets enabled.
         *
         * @param enabled whether runs may be made from it
         * @return this
         */
        public Builder enabled(Boolean enabled) {
            this.enabled = enabled;
            return this;
        }

        /**
         * Sets attributes.
         *
         * @param attributes free-form fields, kept as they came
         * @return this
         */
        public Builder attributes(Json.Obj attributes) {
            this.attributes = attributes;
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
        public Agent build() {
            return new Agent(
                    id, name, role, description, profile, policy, budget, enabled, attributes, createdAt, updatedAt);
        }
    }
}
