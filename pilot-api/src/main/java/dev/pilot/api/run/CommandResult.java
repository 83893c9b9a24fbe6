package dev.pilot.api.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a command ended.
 *
 * @param end in which way
 * @param exitCode the exit code, or null if it did not exit by itself
 * @param output the end of what it printed on both streams, redacted
 * @param truncated whether it printed more than is kept
 * @param duration how long it took
 */
public record CommandResult(
        RunnerResult.End end, @Nullable Integer exitCode, String output, boolean truncated, Duration duration) {
    /** Checks what must be there. */
    public CommandResult {
        requireNonNull(end, "end");
        requireNonNull(output, "output");
        requireNonNull(duration, "duration");
    }

    /**
     * Whether the command went well.
     *
     * @return true if it exited by itself with 0
     */
    public boolean isSuccess() {
        return end == RunnerResult.End.EXITED && exitCode != null && exitCode == 0;
    }
}
