package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.value.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A project: what tasks and runs belong to.
 *
 * @param id its id
 * @param name its name
 * @param description what it is for
 * @param notes notes, which agents may append to
 * @param status how far it is
 * @param priority how pressing it is
 * @param category a category of the user's own, or null
 * @param progress 0 to 100
 * @param tags tags, without repetition
 * @param position its place in the manual order, lower first
 * @param repoId the repository that its runs work on, or null
 * @param commands how to install, test and lint it
 * @param attributes free-form fields, kept as they came
 * @param createdAt when it was created
 * @param updatedAt its version: when it last changed; strictly growing
 */
public record Project(
        ProjectId id,
        String name,
        String description,
        String notes,
        ProjectStatus status,
        Priority priority,
        @Nullable String category,
        int progress,
        List<String> tags,
        long position,
        @Nullable RepoId repoId,
        ProjectCommands commands,
        Json.Obj attributes,
        Instant createdAt,
        Instant updatedAt) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public Project {
        InvalidInput.required(id, "id");
        InvalidInput.required(name, "name");
        description = description == null ? "" : description;
        notes = notes == null ? "" : notes;
        status = status == null ? ProjectStatus.PLANNING : status;
        priority = priority == null ? Priority.MEDIUM : priority;
        tags = tags == null ? List.of() : List.copyOf(tags);
        commands = commands == null ? ProjectCommands.NONE : commands;
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
        builder.description = description;
        builder.notes = notes;
        builder.status = status;
        builder.priority = priority;
        builder.category = category;
        builder.progress = progress;
        builder.tags = tags;
        builder.position = position;
        builder.repoId = repoId;
        builder.commands = commands;
        builder.attributes = attributes;
        builder.createdAt = createdAt;
        builder.updatedAt = updatedAt;
        return builder;
    }

    /** Builds a {@link Project}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private ProjectId id;
        private String name;
        private String description;
        private String notes;
        private ProjectStatus status;
        private Priority priority;
        private @Nullable String category;
        private int progress;
        private List<String> tags;
        private long position;
        private @Nullable RepoId repoId;
        private ProjectCommands commands;
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
        public Builder id(ProjectId id) {
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
         * Sets description.
         *
         * @param description what it is for
         * @return this
         */
        public Builder description(String description) {
            this.description = description;
            return this;
        }

        /**
         * Sets notes.
         *
         * @param notes notes, which agents may append to
         * @return this
         */
        public Builder notes(String notes) {
            this.notes = notes;
            return this;
        }

        /**
         * Sets status.
         *
         * @param status how far it is
         * @return this
         */
        public Builder status(ProjectStatus status) {
            this.status = status;
            return this;
        }

        /**
         * Sets priority.
         *
         * @param priority how pressing it is
         * @return this
         */
        public Builder priority(Priority priority) {
            this.priority = priority;
            return this;
        }

        /**
         * Sets category.
         *
         * @param category a category of the user's own, or null
         * @return this
         */
        public Builder category(@Nullable String category) {
            this.category = category;
            return this;
        }

        /**
         * Sets progress.
         *
         * @param progress 0 to 100
         * @return this
         */
        public Builder progress(int progress) {
            this.progress = progress;
            return this;
        }

        /**
         * Sets tags.
         *
         * @param tags tags, without repetition
         * @return this
         */
        public Builder tags(List<String> tags) {
            this.tags = tags;
            return this;
        }

        /**
         * Sets position.
         *
         * @param position its place in the manual order, lower first
         * @return this
         */
        public Builder position(long position) {
            this.position = position;
            return this;
        }

        /**
         * Sets repoId.
         *
         * @param repoId the repository that its runs work on, or null
         * @return this
         */
        public Builder repoId(@Nullable RepoId repoId) {
            this.repoId = repoId;
            return this;
        }

        /**
         * Sets commands.
         *
         * @param commands how to install, test and lint it
         * @return this
         */
        public Builder commands(ProjectCommands commands) {
            this.commands = commands;
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
        public Project build() {
            return new Project(
                    id,
                    name,
                    description,
                    notes,
                    status,
                    priority,
                    category,
                    progress,
                    tags,
                    position,
                    repoId,
                    commands,
                    attributes,
                    createdAt,
                    updatedAt);
        }
    }
}
