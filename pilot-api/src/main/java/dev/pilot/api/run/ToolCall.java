package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.value.Json;
import org.jspecify.annotations.Nullable;

/**
 * A use of a tool that a run is about to make.
 *
 * @param tool the tool's name
 * @param target what it is used on, such as a path, a repository or an address; allow-lists may name it
 * @param arguments what it is called with
 * @param risk what a wrong use could cost
 */
public record ToolCall(String tool, @Nullable String target, Json.Obj arguments, Risk risk) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public ToolCall {
        InvalidInput.required(tool, "tool");
        arguments = arguments == null ? Json.Obj.EMPTY : arguments;
        risk = risk == null ? Risk.MEDIUM : risk;
    }

    /**
     * Starts one with what it can't do without; everything else has a default.
     *
     * @param tool the tool's name
     * @return the builder
     */
    public static Builder builder(String tool) {
        Builder builder = new Builder();
        builder.tool = tool;
        return builder;
    }

    /**
     * A builder that starts with what this one has.
     *
     * @return the builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.tool = tool;
        builder.target = target;
        builder.arguments = arguments;
        builder.risk = risk;
        return builder;
    }

    /** Builds a {@link ToolCall}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private String tool;
        private @Nullable String target;
        private Json.Obj arguments;
        private Risk risk;

        private Builder() {}

        /**
         * Sets tool.
         *
         * @param tool the tool's name
         * @return this
         */
        public Builder tool(String tool) {
            this.tool = tool;
            return this;
        }

        /**
         * Sets target.
         *
         * @param target what it is used on, such as a path, a repository or an address; allow-lists may name it
         * @return this
         */
        public Builder target(@Nullable String target) {
            this.target = target;
            return this;
        }

        /**
         * Sets arguments.
         *
         * @param arguments what it is called with
         * @return this
         */
        public Builder arguments(Json.Obj arguments) {
            this.arguments = arguments;
            return this;
        }

        /**
         * Sets risk.
         *
         * @param risk what a wrong use could cost
         * @return this
         */
        public Builder risk(Risk risk) {
            this.risk = risk;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public ToolCall build() {
            return new ToolCall(tool, target, arguments, risk);
        }
    }
}
