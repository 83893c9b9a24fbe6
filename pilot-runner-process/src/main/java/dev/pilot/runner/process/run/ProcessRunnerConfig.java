package dev.pilot.runner.process.run;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.runner.process.child.ChildLimits;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How processes are run.
 *
 * @param stateDirectory where to note what runs, so that the next hub can end what a killed one left running; several may share it.
 *     Null to note nothing, which is the default
 * @param maxOutputBytes how much a run or command may print at most, whatever its budget says; default 1 GiB
 * @param limits how patient to be
 */
public record ProcessRunnerConfig(@Nullable Path stateDirectory, long maxOutputBytes, ChildLimits limits) {
    /** The defaults. */
    public static final ProcessRunnerConfig DEFAULT = new ProcessRunnerConfig(null, 1L << 30, ChildLimits.DEFAULT);

    /**
     * Checks the values.
     *
     * @throws InvalidInput if one is out of range
     */
    public ProcessRunnerConfig {
        if (maxOutputBytes <= 0) {
            throw InvalidInput.of("maxOutputBytes", "must be positive");
        }
        requireNonNull(limits, "limits");
    }

    /**
     * The same with a state directory.
     *
     * @param directory where to note what runs; made when needed
     * @return the changed copy
     */
    public ProcessRunnerConfig withStateDirectory(Path directory) {
        return new ProcessRunnerConfig(requireNonNull(directory, "directory"), maxOutputBytes, limits);
    }
}
