package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import java.time.Duration;
import java.util.List;

/**
 * A command that must succeed, in the run's workspace, before its result counts.
 *
 * @param name its name, such as {@code test}
 * @param command the command as a list of arguments
 * @param timeout how long it may take
 */
public record Gate(String name, List<String> command, Duration timeout) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public Gate {
        InvalidInput.required(name, "name");
        command = List.copyOf(InvalidInput.required(command, "command"));
        timeout = timeout == null ? Duration.ofMinutes(10) : timeout;
    }
}
