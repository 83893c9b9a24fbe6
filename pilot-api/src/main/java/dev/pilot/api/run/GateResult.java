package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a gate.
 *
 * @param name its name
 * @param command the command
 * @param passed whether it exited with 0 in time
 * @param exitCode its exit code, or null if it did not exit by itself
 * @param duration how long it took
 * @param output the end of what it printed
 */
public record GateResult(
        String name,
        List<String> command,
        boolean passed,
        @Nullable Integer exitCode,
        Duration duration,
        String output) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public GateResult {
        InvalidInput.required(name, "name");
        command = command == null ? List.of() : List.copyOf(command);
        duration = duration == null ? Duration.ZERO : duration;
        output = output == null ? "" : output;
    }
}
