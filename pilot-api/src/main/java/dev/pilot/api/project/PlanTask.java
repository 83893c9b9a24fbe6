package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AgentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task of a plan.
 *
 * @param key names it within the plan
 * @param title what is to be done, in a few words
 * @param description what is to be done
 * @param acceptance when it is done
 * @param priority smaller is more urgent
 * @param role who it is for, such as {@code backend}
 * @param dependsOn the keys of the tasks that go first
 * @param assignee who is to do it
 */
public record PlanTask(
        String key,
        String title,
        String description,
        List<String> acceptance,
        int priority,
        @Nullable String role,
        List<String> dependsOn,
        @Nullable AgentId assignee) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public PlanTask {
        InvalidInput.required(key, "key");
        InvalidInput.required(title, "title");
        description = description == null ? "" : description;
        acceptance = acceptance == null ? List.of() : List.copyOf(acceptance);
        dependsOn = dependsOn == null ? List.of() : List.copyOf(dependsOn);
    }

    /**
     * Starts one.
     *
     * @param key names it within the plan
     * @param title what is to be done, in a few words
     * @return a builder
     */
    public static Builder builder(String key, String title) {
        return new Builder().key(key).title(title);
    }

    /**
     * Starts from this one.
     *
     * @return a builder with all its values
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.key = key;
        builder.title = title;
        builder.description = description;
        builder.acceptance = acceptance;
        builder.priority = priority;
        builder.role = role;
        builder.dependsOn = dependsOn;
        builder.assignee = assignee;
        return builder;
    }

    /** Builds one. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private String key;
        private String title;
        private String description;
        private List<String> acceptance;
        private int priority;
        private @Nullable String role;
        private List<String> dependsOn;
        private @Nullable AgentId assignee;

        private Builder() {}

        /**
         * Sets it.
         *
         * @param key names it within the plan
         * @return this
         */
        public Builder key(String key) {
            this.key = key;
            return this;
        }

        /**
         * Sets it.
         *
         * @param title what is to be done, in a few words
         * @return this
         */
        public Builder title(String title) {
            this.title = title;
            return this;
        }

        /**
         * Sets it.
         *
         * @param description what is to be done
         * @return this
         */
        public Builder description(String description) {
            this.description = description;
            return this;
        }

        /**
         * Sets it.
         *
         * @param acceptance when it is done
         * @return this
         */
        public Builder acceptance(List<String> acceptance) {
            this.acceptance = acceptance;
            return this;
        }

        /**
         * Sets it.
         *
         * @param priority smaller is more urgent
         * @return this
         */
        public Builder priority(int priority) {
            this.priority = priority;
            return this;
        }

        /**
         * Sets it.
         *
         * @param role who it is for, such as {@code backend}
         * @return this
         */
        public Builder role(@Nullable String role) {
            this.role = role;
            return this;
        }

        /**
         * Sets it.
         *
         * @param dependsOn the keys of the tasks that go first
         * @return this
         */
        public Builder dependsOn(List<String> dependsOn) {
            this.dependsOn = dependsOn;
            return this;
        }

        /**
         * Sets it.
         *
         * @param assignee who is to do it
         * @return this
         */
        public Builder assignee(@Nullable AgentId assignee) {
            this.assignee = assignee;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public PlanTask build() {
            return new PlanTask(key, title, description, acceptance, priority, role, dependsOn, assignee);
        }
    }
}
