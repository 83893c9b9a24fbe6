package dev.pilot.runner.process.child;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A child to start.
 *
 * @param label names it in its cookie and its threads' names
 * @param command the command, never empty
 * @param directory where it works
 * @param environment all its variables; none is added but the cookie
 * @param input what it reads on its standard input; null for nothing
 * @param merged whether both outputs are one stream, {@code STDOUT}, in the order printed
 * @param wall how long it may take, or null for no limit
 * @param outputBytes how many bytes it may print on both outputs
 */
public record ChildSpec(
        String label,
        List<String> command,
        Path directory,
        Map<String, String> environment,
        byte @Nullable [] input,
        boolean merged,
        @Nullable Duration wall,
        long outputBytes) {
    /** Copies the collections. */
    public ChildSpec {
        requireNonNull(label, "label");
        command = List.copyOf(command);
        requireNonNull(directory, "directory");
        environment = Map.copyOf(environment);
    }
}
