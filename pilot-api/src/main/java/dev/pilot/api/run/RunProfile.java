package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run is carried out: what an agent profile says, copied into the run when it is created, so that a changed
 * profile never changes a run.
 *
 * @param runner who carries it out
 * @param command the command as a list of arguments; for {@code process}
 * @param goalVia how the command is told the goal
 * @param outputFormat what the command prints
 * @param environment variables to set; no secrets
 * @param passEnvironment names of the worker's own variables that the command may see, besides the usual few
 * @param provider the model's provider, or null
 * @param model the model, or null
 * @param systemPrompt what the model is told first
 * @param tools the tools allowed
 */
public record RunProfile(
        RunnerKind runner,
        List<String> command,
        GoalVia goalVia,
        OutputFormat outputFormat,
        Map<String, String> environment,
        List<String> passEnvironment,
        @Nullable String provider,
        @Nullable String model,
        String systemPrompt,
        List<String> tools) {
    /**
     * Fills in the defaults and checks what must be there.
     */
    public RunProfile {
        runner = runner == null ? RunnerKind.PROCESS : runner;
        command = command == null ? List.of() : List.copyOf(command);
        goalVia = goalVia == null ? GoalVia.ARGUMENT : goalVia;
        outputFormat = outputFormat == null ? OutputFormat.TEXT : outputFormat;
        environment = environment == null ? Map.of() : Map.copyOf(environment);
        passEnvironment = passEnvironment == null ? List.of() : List.copyOf(passEnvironment);
        systemPrompt = systemPrompt == null ? "" : systemPrompt;
        tools = tools == null ? List.of() : List.copyOf(tools);
    }

    /**
     * A profile that runs a command and passes the goal as its last argument.
     *
     * @param command the command and its first arguments
     * @return the profile
     */
    public static RunProfile command(List<String> command) {
        return builder().command(command).build();
    }

    /**
     * Starts one; everything has a default.
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
        builder.runner = runner;
        builder.command = command;
        builder.goalVia = goalVia;
        builder.outputFormat = outputFormat;
        builder.environment = environment;
        builder.passEnvironment = passEnvironment;
        builder.provider = provider;
        builder.model = model;
        builder.systemPrompt = systemPrompt;
        builder.tools = tools;
        return builder;
    }

    /** Builds a {@link RunProfile}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private RunnerKind runner;
        private List<String> command;
        private GoalVia goalVia;
        private OutputFormat outputFormat;
        private Map<String, String> environment;
        private List<String> passEnvironment;
        private @Nullable String provider;
        private @Nullable String model;
        private String systemPrompt;
        private List<String> tools;

        private Builder() {}

        /**
         * Sets runner.
         *
         * @param runner who carries it out
         * @return this
         */
        public Builder runner(RunnerKind runner) {
            this.runner = runner;
            return this;
        }

        /**
         * Sets command.
         *
         * @param command the command as a list of arguments; for {@code process}
         * @return this
         */
        public Builder command(List<String> command) {
            this.command = command;
            return this;
        }

        /**
         * Sets goalVia.
         *
         * @param goalVia how the command is told the goal
         * @return this
         */
        public Builder goalVia(GoalVia goalVia) {
            this.goalVia = goalVia;
            return this;
        }

        /**
         * Sets outputFormat.
         *
         * @param outputFormat what the command prints
         * @return this
         */
        public Builder outputFormat(OutputFormat outputFormat) {
            this.outputFormat = outputFormat;
            return this;
        }

        /**
         * Sets environment.
         *
         * @param environment variables to set; no secrets
         * @return this
         */
        public Builder environment(Map<String, String> environment) {
            this.environment = environment;
            return this;
        }

        /**
         * Sets passEnvironment.
         *
         * @param passEnvironment names of the worker's own variables that the command may see, besides the usual
         *     few
         * @return this
         */
        public Builder passEnvironment(List<String> passEnvironment) {
            this.passEnvironment = passEnvironment;
            return this;
        }

        /**
         * Sets provider.
         *
         * @param provider the model's provider, or null
         * @return this
         */
        public Builder provider(@Nullable String provider) {
            this.provider = provider;
            return this;
        }

        /**
         * Sets model.
         *
         * @param model the model, or null
         * @return this
         */
        public Builder model(@Nullable String model) {
            this.model = model;
            return this;
        }

        /**
         * Sets systemPrompt.
         *
         * @param systemPrompt what the model is told first
         * @return this
         */
        public Builder systemPrompt(String systemPrompt) {
            this.systemPrompt = systemPrompt;
            return this;
        }

        /**
         * Sets tools.
         *
         * @param tools the tools allowed
         * @return this
         */
        public Builder tools(List<String> tools) {
            this.tools = tools;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public RunProfile build() {
            return new RunProfile(
                    runner,
                    command,
                    goalVia,
                    outputFormat,
                    environment,
                    passEnvironment,
                    provider,
                    model,
                    systemPrompt,
                    tools);
        }
    }
}
