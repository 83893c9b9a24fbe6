package dev.pilot.api.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a runner's work ended.
 *
 * @param end in which way
 * @param exitCode the exit code, or null if it did not exit by itself
 * @param message what happened, for a person; empty if it went well
 * @param wall how long it took
 */
public record RunnerResult(End end, @Nullable Integer exitCode, String message, Duration wall) {
    /** The ways in which work ends. */
    public enum End {
        /** It exited by itself; the exit code tells how it went. */
        EXITED,
        /** It could not be started: the command doesn't exist, or may not be run. */
        NOT_STARTED,
        /** It took longer than its budget allows. */
        WALL_LIMIT,
        /** It printed more than its budget allows. */
        OUTPUT_LIMIT,
        /** It was cancelled. */
        CANCELLED,
        /** The runner itself failed. */
        BROKEN
    }

    /** Checks what must be there. */
    public RunnerResult {
        requireNonNull(end, "end");
        requireNonNull(message, "message");
        requireNonNull(wall, "wall");
    }

    /**
     * Whether the work went well.
     *
     * @return true if it exited by itself with 0
     */
    public boolean isSuccess() {
        return end == End.EXITED && exitCode != null && exitCode == 0;
    }
}
