package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.EventId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.value.Json;
import org.jspecify.annotations.Nullable;

/**
 * An event to append. The same id twice is one event.
 *
 * @param subject what it is about
 * @param runId the run it belongs to, or null
 * @param projectId the project it belongs to, or null
 * @param type what kind of event, such as {@code status}, {@code log} or {@code note}
 * @param level how much it matters
 * @param title in a few words
 * @param message in full
 * @param data for programs
 * @param id its id, or null for a new one
 */
public record NewEvent(
        Subject subject,
        @Nullable RunId runId,
        @Nullable ProjectId projectId,
        String type,
        Level level,
        String title,
        String message,
        Json.Obj data,
        @Nullable EventId id) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public NewEvent {
        InvalidInput.required(subject, "subject");
        type = type == null ? "note" : type;
        level = level == null ? Level.INFO : level;
        title = title == null ? "" : title;
        message = message == null ? "" : message;
        data = data == null ? Json.Obj.EMPTY : data;
    }

    /**
     * Starts one with what it can't do without; everything else has a default.
     *
     * @param subject what it is about
     * @return the builder
     */
    public static Builder builder(Subject subject) {
        Builder builder = new Builder();
        builder.subject = subject;
        return builder;
    }

    /**
     * A builder that starts with what this one has.
     *
     * @return the builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.subject = subject;
        builder.runId = runId;
        builder.projectId = projectId;
        builder.type = type;
        builder.level = level;
        builder.title = title;
        builder.message = message;
        builder.data = data;
        builder.id = id;
        return builder;
    }

    /** Builds a {@link NewEvent}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private Subject subject;
        private @Nullable RunId runId;
        private @Nullable ProjectId projectId;
        private String type;
        private Level level;
        private String title;
        private String message;
        private Json.Obj data;
        private @Nullable EventId id;

        private Builder() {}

        /**
         * Sets subject.
         *
         * @param subject what it is about
         * @return this
         */
        public Builder subject(Subject subject) {
            this.subject = subject;
            return this;
        }

        /**
         * Sets runId.
         *
         * @param runId the run it belongs to, or null
         * @return this
         */
        public Builder runId(@Nullable RunId runId) {
            this.runId = runId;
            return this;
        }

        /**
         * Sets projectId.
         *
         * @param projectId the project it belongs to, or null
         * @return this
         */
        public Builder projectId(@Nullable ProjectId projectId) {
            this.projectId = projectId;
            return this;
        }

        /**
         * Sets type.
         *
         * @param type what kind of event, such as {@code status}, {@code log} or {@code note}
         * @return this
         */
        public Builder type(String type) {
            this.type = type;
            return this;
        }

        /**
         * Sets level.
         *
         * @param level how much it matters
         * @return this
         */
        public Builder level(Level level) {
            this.level = level;
            return this;
        }

        /**
         * Sets title.
         *
         * @param title in a few words
         * @return this
         */
        public Builder title(String title) {
            this.title = title;
            return this;
        }

        /**
         * Sets message.
         *
         * @param message in full
         * @return this
         */
        public Builder message(String message) {
            this.message = message;
            return this;
        }

        /**
         * Sets data.
         *
         * @param data for programs
         * @return this
         */
        public Builder data(Json.Obj data) {
            this.data = data;
            return this;
        }

        /**
         * Sets id.
         *
         * @param id its id, or null for a new one
         * @return this
         */
        public Builder id(@Nullable EventId id) {
            this.id = id;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public NewEvent build() {
            return new NewEvent(subject, runId, projectId, type, level, title, message, data, id);
        }
    }
}
