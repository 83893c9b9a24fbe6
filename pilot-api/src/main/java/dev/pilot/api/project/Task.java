package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work of a project.
 *
 * @param id its id
 * @param projectId its project
 * @param title its title
 * @param description what is to be done
 * @param acceptance what must hold when it is done
 * @param status how far it is
 * @param priority lower goes first
 * @param role who should do it, such as {@code backend} or {@code qa}, or null
 * @param dependsOn the tasks that must be done before; no circle
 * @param assignee the agent that is to do it, or null
 * @param position its place among the project's tasks, lower first
 * @param createdAt when it was created
 * @param updatedAt its version: when it last changed; strictly growing
 */
public record Task(
        TaskId id,
        ProjectId projectId,
        String title,
        String description,
        List<String> acceptance,
        TaskStatus status,
        int priority,
        @Nullable String role,
        List<TaskId> dependsOn,
        @Nullable AgentId assignee,
        long position,
        Instant createdAt,
        Instant updatedAt) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public Task {
        InvalidInput.required(id, "id");
        InvalidInput.required(projectId, "projectId");
        InvalidInput.required(title, "title");
        description = description == null ? "" : description;
        acceptance = acceptance == null ? List.of() : List.copyOf(acceptance);
        status = status == null ? TaskStatus.TODO : status;
        dependsOn = dependsOn == null ? List.of() : List.copyOf(dependsOn);
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
        builder.projectId = projectId;
        builder.title = title;
        builder.description = description;
        builder.acceptance = acceptance;
        builder.status = status;
        builder.priority = priority;
        builder.role = role;
        builder.dependsOn = dependsOn;
        builder.assignee = assignee;
        builder.position = position;
        builder.createdAt = createdAt;
        builder.updatedAt = updatedAt;
        return builder;
    }

    /** Builds a {@link Task}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private TaskId id;
        private ProjectId projectId;
        private String title;
        private String description;
        private List<String> acceptance;
        private TaskStatus status;
        private int priority;
        private @Nullable String role;
        private List<TaskId> dependsOn;
        private @Nullable AgentId assignee;
        private long position;
        private Instant createdAt;
        private Instant updatedAt;

        private Builder() {}

        /**
         * Sets id.
         *
         * @param id its id
         * @return this
         */
        public Builder id(TaskId id) {
            this.id = id;
            return this;
        }

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
         * @param title its title
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
         * Sets position.
         *
         * @param position its place among the project's tasks, lower first
         * @return this
         */
        public Builder position(long position) {
            this.position = position;
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
        public Task build() {
            return new Task(
                    id,
                    projectId,
                    title,
                    description,
                    acceptance,
                    status,
                    priority,
                    role,
                    dependsOn,
                    assignee,
                    position,
                    createdAt,
                    updatedAt);
        }
    }
}
