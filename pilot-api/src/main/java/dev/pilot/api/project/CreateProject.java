package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.value.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to create a project. Defaults: {@code planning}, {@code medium}, everything else empty.
 *
 * @param name its name, not blank
 * @param description what it is for
 * @param notes notes, which agents may append to
 * @param status how far it is
 * @param priority how pressing it is
 * @param category a category of the user's own, or null
 * @param progress 0 to 100
 * @param tags tags, without repetition
 * @param repoId the repository that its runs work on, or null
 * @param commands how to install, test and lint it
 * @param attributes free-form fields, kept as they came
 * @param id an id of the caller's own, or null for a new one
 * @param idempotencyKey a key under which the same create may be repeated, or null
 */
public record CreateProject(
        String name,
        String description,
        String notes,
        ProjectStatus status,
        Priority priority,
        @Nullable String category,
        int progress,
        List<String> tags,
        @Nullable RepoId repoId,
        ProjectCommands commands,
        Json.Obj attributes,
        @Nullable ProjectId id,
        @Nullable String idempotencyKey) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public CreateProject {
        InvalidInput.required(name, "name");
        description = description == null ? "" : description;
        notes = notes == null ? "" : notes;
        status = status == null ? ProjectStatus.PLANNING : status;
        priority = priority == null ? Priority.MEDIUM : priority;
        tags = tags == null ? List.of() : List.copyOf(tags);
        commands = commands == null ? ProjectCommands.NONE : commands;
        attributes = attributes == null ? Json.Obj.EMPTY : attributes;
    }

    /**
     * A project that has only a name so far.
     *
     * @param name its name, not blank
     * @return the command
     */
    public static CreateProject named(String name) {
        return builder(name).build();
    }

    /**
     * Starts one with what it can't do without; everything else has a default.
     *
     * @param name its name, not blank
     * @return the builder
     */
    public static Builder builder(String name) {
        Builder builder = new Builder();
        builder.name = name;
        return builder;
    }

    /**
     * A builder that starts with what this one has.
     *
     * @return the builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.name = name;
        builder.description = description;
        builder.notes = notes;
        builder.status = status;
        builder.priority = priority;
        builder.category = category;
        builder.progress = progress;
        builder.tags = tags;
        builder.repoId = repoId;
        builder.commands = commands;
        builder.attributes = attributes;
        builder.id = id;
        builder.idempotencyKey = idempotencyKey;
        return builder;
    }

    /** Builds a {@link CreateProject}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private String name;
        private String description;
        private String notes;
        private ProjectStatus status;
        private Priority priority;
        private @Nullable String category;
        private int progress;
        private List<String> tags;
        private @Nullable RepoId repoId;
        private ProjectCommands commands;
        private Json.Obj attributes;
        private @Nullable ProjectId id;
        private @Nullable String idempotencyKey;

        private Builder() {}

        /**
         * Sets name.
         *
         * @param name its name, not blank
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
         * Sets id.
         *
         * @param id an id of the caller's own, or null for a new one
         * @return this
         */
        public Builder id(@Nullable ProjectId id) {
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
        public CreateProject build() {
            return new CreateProject(
                    name,
                    description,
                    notes,
                    status,
                    priority,
                    category,
                    progress,
                    tags,
                    repoId,
                    commands,
                    attributes,
                    id,
                    idempotencyKey);
        }
    }
}
