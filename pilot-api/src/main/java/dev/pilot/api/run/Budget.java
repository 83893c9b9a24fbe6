package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run may use, over all its attempts and together with its child runs, as far as these use tokens, cost and tool
 * calls; null for no limit.
 *
 * @param wall time that its attempts may take, without what they wait for decisions and what the gates take
 * @param tokens tokens read and written
 * @param costMicros cost in millionths of the currency unit
 * @param toolCalls calls of tools
 * @param changedFiles files changed
 * @param changedLines lines added and removed
 * @param outputBytes bytes printed
 */
public record Budget(
        @Nullable Duration wall,
        @Nullable Long tokens,
        @Nullable Long costMicros,
        @Nullable Long toolCalls,
        @Nullable Long changedFiles,
        @Nullable Long changedLines,
        @Nullable Long outputBytes) {

    /** No limits. */
    public static final Budget NONE = builder().build();

    /**
     * Starts one without limits.
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
        builder.wall = wall;
        builder.tokens = tokens;
        builder.costMicros = costMicros;
        builder.toolCalls = toolCalls;
        builder.changedFiles = changedFiles;
        builder.changedLines = changedLines;
        builder.outputBytes = outputBytes;
        return builder;
    }

    /** Builds a {@link Budget}. Not for several threads. */
    public static final class Builder {
        private @Nullable Duration wall;
        private @Nullable Long tokens;
        private @Nullable Long costMicros;
        private @Nullable Long toolCalls;
        private @Nullable Long changedFiles;
        private @Nullable Long changedLines;
        private @Nullable Long outputBytes;

        private Builder() {}

        /**
         * Sets wall.
         *
         * @param wall time that its attempts may take
         * @return this
         */
        public Builder wall(@Nullable Duration wall) {
            this.wall = wall;
            return this;
        }

        /**
         * Sets tokens.
         *
         * @param tokens tokens read and written
         * @return this
         */
        public Builder tokens(@Nullable Long tokens) {
            this.tokens = tokens;
            return this;
        }

        /**
         * Sets costMicros.
         *
         * @param costMicros cost in millionths of the currency unit
         * @return this
         */
        public Builder costMicros(@Nullable Long costMicros) {
            this.costMicros = costMicros;
            return this;
        }

        /**
         * Sets toolCalls.
         *
         * @param toolCalls calls of tools
         * @return this
         */
        public Builder toolCalls(@Nullable Long toolCalls) {
            this.toolCalls = toolCalls;
            return this;
        }

        /**
         * Sets changedFiles.
         *
         * @param changedFiles files changed
         * @return this
         */
        public Builder changedFiles(@Nullable Long changedFiles) {
            this.changedFiles = changedFiles;
            return this;
        }

        /**
         * Sets changedLines.
         *
         * @param changedLines lines added and removed
         * @return this
         */
        public Builder changedLines(@Nullable Long changedLines) {
            this.changedLines = changedLines;
            return this;
        }

        /**
         * Sets outputBytes.
         *
         * @param outputBytes bytes printed
         * @return this
         */
        public Builder outputBytes(@Nullable Long outputBytes) {
            this.outputBytes = outputBytes;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public Budget build() {
            return new Budget(wall, tokens, costMicros, toolCalls, changedFiles, changedLines, outputBytes);
        }
    }
}
