package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A patch of a project: each field is kept, cleared or set.
 *
 * @param name its name: keep, clear or set
 * @param description what it is for: keep, clear or set
 * @param notes notes, which agents may append to: keep, clear or set
 * @param status how far it is: keep, clear or set
 * @param priority how pressing it is: keep, clear or set
 * @param category a category of the user's own, or null: keep, clear or set
 * @param progress 0 to 100: keep, clear or set
 * @param tags tags, without repetition: keep, clear or set
 * @param repoId the repository that its runs work on, or null: keep, clear or set
 * @param commands how to install, test and lint it: keep, clear or set
 * @param attributes free-form fields, kept as they came: keep, clear or set
 * @param ifUpdatedAt the version that the caller read; if the entity has another by now, nothing is changed; null
 *     for whatever it is
 */
public record UpdateProject(
        Edit<String> name,
        Edit<String> description,
        Edit<String> notes,
        Edit<ProjectStatus> status,
        Edit<Priority> priority,
        Edit<String> category,
        Edit<Integer> progress,
        Edit<List<String>> tags,
        Edit<RepoId> repoId,
        Edit<ProjectCommands> commands,
        Edit<Json.Obj> attributes,
        @Nullable Instant ifUpdatedAt) {
    /**
     * Fills in the defaults and checks what must be there.
     */
    public UpdateProject {
        name = name == null ? Edit.keep() : name;
        description = description == null ? Edit.keep() : description;
        notes = notes == null ? Edit.keep() : notes;
        status = status == null ? Edit.keep() : status;
        priority = priority == null ? Edit.keep() : priority;
        category = category == null ? Edit.keep() : category;
        progress = progress == null ? Edit.keep() : progress;
        tags = tags == null ? Edit.keep() : tags;
        repoId = repoId == null ? Edit.keep() : repoId;
        commands = commands == null ? Edit.keep() : commands;
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
        builder.ifUpdatedAt = ifUpdatedAt;
        return builder;
    }

    /** Builds a {@link UpdateProject}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private Edit<String> name;
        private Edit<String> description;
        private Edit<String> notes;
        private Edit<ProjectStatus> status;
        private Edit<Priority> priority;
        private Edit<String> category;
        private Edit<Integer> progress;
        private Edit<List<String>> tags;
        private Edit<RepoId> repoId;
        private Edit<ProjectCommands> commands;
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
         * Sets description.
         *
         * @param description what it is for: keep, clear or set
         * @return this
         */
        public Builder description(Edit<String> description) {
            this.description = description;
            return this;
        }

        /**
         * Sets notes.
         *
         * @param notes notes, which agents may append to: keep, clear or set
         * @return this
         */
        public Builder notes(Edit<String> notes) {
            this.notes = notes;
            return this;
        }

        /**
         * Sets status.
         *
         * @param status how far it is: keep, clear or set
         * @return this
         */
        public Builder status(Edit<ProjectStatus> status) {
            this.status = status;
            return this;
        }

        /**
         * Sets priority.
         *
         * @param priority how pressing it is: keep, clear or set
         * @return this
         */
        public Builder priority(Edit<Priority> priority) {
            this.priority = priority;
            return this;
        }

        /**
         * Sets category.
         *
         * @param category a category of the user's own, or null: keep, clear or set
         * @return this
         */
        public Builder category(Edit<String> category) {
            this.category = category;
            return this;
        }

        /**
         * Sets progress.
         *
         * @param progress 0 to 100: keep, clear or set
         * @return this
         */
        public Builder progress(Edit<Integer> progress) {
            this.progress = progress;
            return this;
        }

        /**
         * Sets tags.
         *
         * @param tags tags, without repetition: keep, clear or set
         * @return this
         */
        public Builder tags(Edit<List<String>> tags) {
            this.tags = tags;
            return this;
        }

        /**
         * Sets repoId.
         *
         * @param repoId the repository that its runs work on, or null: keep, clear or set
         * @return this
         */
        public Builder repoId(Edit<RepoId> repoId) {
            this.repoId = repoId;
            return this;
        }

        /**
         * Sets commands.
         *
         * @param commands how to install, test and lint it: keep, clear or set
         * @return this
         */
        public Builder commands(Edit<ProjectCommands> commands) {
            this.commands = commands;
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
        public UpdateProject build() {
            return new UpdateProject(
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
                    ifUpdatedAt);
        }
    }
}
