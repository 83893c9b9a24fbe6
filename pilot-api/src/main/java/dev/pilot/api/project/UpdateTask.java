package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.value.Edit;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A patch of a task: each field is kept, cleared or set.
 *
 * @param title its title: keep, clear or set
 * @param description what is to be done: keep, clear or set
 * @param acceptance what must hold when it is done: keep, clear or set
 * @param status how far it is: keep, clear or set
 * @param priority lower goes first: keep, clear or set
 * @param role who should do it, such as {@code backend} or {@code qa}, or null: keep, clear or set
 * @param dependsOn the tasks that must be done before; no circle: keep, clear or set
 * @param assignee the agent that is to do it, or null: keep, clear or set
 * @param position its place among the project's tasks: keep, clear or set
 * @param ifUpdatedAt the version that the caller read; if the entity has another by now, nothing is changed; null
 *     for whatever it is
 */
public record UpdateTask(
        Edit<String> title,
        Edit<String> description,
        Edit<List<String>> acceptance,
        Edit<TaskStatus> status,
        Edit<Integer> priority,
        Edit<String> role,
        Edit<List<TaskId>> dependsOn,
        Edit<AgentId> assignee,
        Edit<Long> position,
        @Nullable Instant ifUpdatedAt) {
    /**
     * Fills in the defaults and checks what must be there.
     */
    public UpdateTask {
        title = title == null ? Edit.keep() : title;
        description = description == null ? Edit.keep() : description;
        acceptance = acceptance == null ? Edit.keep() : acceptance;
        status = status == null ? Edit.keep() : status;
        priority = priority == null ? Edit.keep() : priority;
        role = role == null ? Edit.keep() : role;
        dependsOn = dependsOn == null ? Edit.keep() : dependsOn;
        assignee = assignee == null ? Edit.keep() : assignee;
        position = position == null ? Edit.keep() : position;
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
        builder.title = title;
        builder.description = description;
        builder.acceptance = acceptance;
        builder.status = status;
        builder.priority = priority;
        builder.role = role;
        builder.dependsOn = dependsOn;
        builder.assignee = assignee;
        builder.position = position;
        builder.ifUpdatedAt = ifUpdatedAt;
        return builder;
    }

    /** Builds a {@link UpdateTask}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private Edit<String> title;
        private Edit<String> description;
        private Edit<List<String>> acceptance;
        private Edit<TaskStatus> status;
        private Edit<Integer> priority;
        private Edit<String> role;
        private Edit<List<TaskId>> dependsOn;
        private Edit<AgentId> assignee;
        private Edit<Long> position;
        private @Nullable Instant ifUpdatedAt;

        private Builder() {}

        /**
         * Sets title.
         *
         * @param title its title: keep, clear or set
         * @return this
         */
        public Builder title(Edit<String> title) {
            this.title = title;
            return this;
        }

        /**
         * Sets description.
         *
         * @param description what is to be done: keep, clear or set
         * @return this
         */
        public Builder description(Edit<String> description) {
            this.description = description;
            return this;
        }

        /**
         * Sets acceptance.
         *
         * @param acceptance what must hold when it is done: keep, clear or set
         * @return this
         */
        public Builder acceptance(Edit<List<String>> acceptance) {
            this.acceptance = acceptance;
            return this;
        }

        /**
         * Sets status.
         *
         * @param status how far it is: keep, clear or set
         * @return this
         */
        public Builder status(Edit<TaskStatus> status) {
            this.status = status;
            return this;
        }

        /**
         * Sets priority.
         *
         * @param priority lower goes first: keep, clear or set
         * @return this
         */
        public Builder priority(Edit<Integer> priority) {
            this.priority = priority;
            return this;
        }

        /**
         * Sets role.
         *
         * @param role who should do it, such as {@code backend} or {@code qa}, or null: keep, clear or set
         * @return this
         */
        public Builder role(Edit<String> role) {
            this.role = role;
            return this;
        }

        /**
         * Sets dependsOn.
         *
         * @param dependsOn the tasks that must be done before; no circle: keep, clear or set
         * @return this
         */
        public Builder dependsOn(Edit<List<TaskId>> dependsOn) {
            this.dependsOn = dependsOn;
            return this;
        }

        /**
         * Sets assignee.
         *
         * @param assignee the agent that is to do it, or null: keep, clear or set
         * @return this
         */
        public Builder assignee(Edit<AgentId> assignee) {
            this.assignee = assignee;
            return this;
        }

        /**
         * Sets position.
         *
         * @param position its place among the project's tasks: keep, clear or set
         * @return this
         */
        public Builder position(Edit<Long> position) {
            this.position = position;
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
        public UpdateTask build() {
            return new UpdateTask(
                    title, description, acceptance, status, priority, role, dependsOn, assignee, position, ifUpdatedAt);
        }
    }
}
