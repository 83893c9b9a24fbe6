package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A command to run to its end.
 *
 * @param command the command as a list of arguments; never through a shell, unless it names one
 * @param directory where it works
 * @param environment variables to set besides the usual few
 * @param timeout how long it may take
 * @param outputLimit how many bytes of its output, the end of it, are kept
 */
public record CommandSpec(
        List<String> command, Path directory, Map<String, String> environment, Duration timeout, int outputLimit) {
    /**
     * Copies the lists.
     *
     * @throws InvalidInput if the command is empty
     */
    public CommandSpec {
        command = List.copyOf(InvalidInput.required(command, "command"));
        if (command.isEmpty()) {
            throw InvalidInput.of("command", "must name a program");
        }
        InvalidInput.required(directory, "directory");
        environment = Map.copyOf(environment);
        InvalidInput.required(timeout, "timeout");
    }
}
