package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to create a task. Defaults: {@code todo}, priority 0, no dependencies.
 *
 * @param projectId its project
 * @param title its title, not blank
 * @param description what is to be done
 * @param acceptance what must hold when it is done
 * @param status how far it is
 * @param priority lower goes first
 * @param role who should do it, such as {@code backend} or {@code qa}, or null
 * @param dependsOn the tasks that must be done before; no circle
 * @param assignee the agent that is to do it, or null
 * @param id an id of the caller's own, or null for a new one
 * @param idempotencyKey a key under which the same create may be repeated, or null
 */
public record CreateTask(
        ProjectId projectId,
        String title,
        String description,
        List<String> acceptance,
        TaskStatus status,
        int priority,
        @Nullable String role,
        List<TaskId> dependsOn,
        @Nullable AgentId assignee,
        @Nullable TaskId id,
        @Nullable String idempotencyKey) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public CreateTask {
        InvalidInput.required(projectId, "projectId");
        InvalidInput.required(title, "title");
        description = description == null ? "" : description;
        acceptance = acceptance == null ? List.of() : List.copyOf(acceptance);
        status = status == null ? TaskStatus.TODO : status;
        dependsOn = dependsOn == null ? List.of() : List.copyOf(dependsOn);
    }

    /**
     * Starts one with what it can't do without; everything else has a default.
     *
     * @param projectId its project
     * @param title its title, not blank
     * @return the builder
     */
    public static Builder builder(ProjectId projectId, String title) {
        Builder builder = new Builder();
        builder.projectId = projectId;
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
        builder.projectId = projectId;
        builder.title = title;
        builder.description = description;
        builder.acceptance = acceptance;
        builder.status = status;
        builder.priority = priority;
        builder.role = role;
        builder.dependsOn = dependsOn;
        builder.assignee = assignee;
        builder.id = id;
        builder.idempotencyKey = idempotencyKey;
        return builder;
    }

    /** Builds a {@link CreateTask}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private ProjectId projectId;
        private String title;
        private String description;
        private List<String> acceptance;
        private TaskStatus status;
        private int priority;
        private @Nullable String role;
        private List<TaskId> dependsOn;
        private @Nullable AgentId assignee;
        private @Nullable TaskId id;
        private @Nullable String idempotencyKey;

        private Builder() {}

        /**
         * Sets projectId.
         *
         * @param projectId its project
         * @return this
         */
        public Builder projectId(ProjectId projectId) {
            this.projectId = projectId;
            return this;
        }

        /**
         * Sets title.
         *
         * @param title its title, not blank
         * @return this
         */
        public Builder title(String title) {
            this.title = title;
            return this;
        }

        /**
         * Sets description.
         *
         * @param description what is to be done
         * @return this
         */
        public Builder description(String description) {
            this.description = description;
            return this;
        }

        /**
         * Sets acceptance.
         *
         * @param acceptance what must hold when it is done
         * @return this
         */
        public Builder acceptance(List<String> acceptance) {
            this.acceptance = acceptance;
            return this;
        }

        /**
         * Sets status.
         *
         * @param status how far it is
         * @return this
         */
        public Builder status(TaskStatus status) {
            this.status = status;
            return this;
        }

        /**
         * Sets priority.
         *
         * @param priority lower goes first
         * @return this
         */
        public Builder priority(int priority) {
            this.priority = priority;
            return this;
        }

        /**
         * Sets role.
         *
         * @param role who should do it, such as {@code backend} or {@code qa}, or null
         * @return this
         */
        public Builder role(@Nullable String role) {
            this.role = role;
            return this;
        }

        /**
         * Sets dependsOn.
         *
         * @param dependsOn the tasks that must be done before; no circle
         * @return this
         */
        public Builder dependsOn(List<TaskId> dependsOn) {
            this.dependsOn = dependsOn;
            return this;
        }

        /**
         * Sets assignee.
         *
         * @param assignee the agent that is to do it, or null
         * @return this
         */
        public Builder assignee(@Nullable AgentId assignee) {
            this.assignee = assignee;
            return this;
        }

        /**
         * Sets id.
         *
         * @param id an id of the caller's own, or null for a new one
         * @return this
         */
        public Builder id(@Nullable TaskId id) {
            this.id = id;
            return this;
        }

        /**
         * Sets idempotencyKey.
         *
         * @param idempotencyKey a key under which the same create may be repeated, or null
         * @return this
         */
        public Builder idempotencyKey(@Nullable String idempotencyKey) {
            this.idempotencyKey = idempotencyKey;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public CreateTask build() {
            return new CreateTask(
                    projectId,
                    title,
                    description,
                    acceptance,
                    status,
                    priority,
                    role,
                    dependsOn,
                    assignee,
                    id,
                    idempotencyKey);
        }
    }
}
