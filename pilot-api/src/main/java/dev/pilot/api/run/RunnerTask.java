package dev.pilot.api.run;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a runner is to do.
 *
 * @param run the run, with the profile, the goal and the budget
 * @param directory where it works: an existing directory of its own
 * @param scratch a directory beside it for files that are not part of the work, such as the goal
 * @param environment variables to set besides the profile's
 * @param previousDiff the previous attempt's diff, where there is feedback on it; or null
 */
public record RunnerTask(
        Run run,
        Path directory,
        Path scratch,
        Map<String, String> environment,
        @Nullable String previousDiff) {
    /** Copies the environment. */
    public RunnerTask {
        requireNonNull(run, "run");
        requireNonNull(directory, "directory");
        requireNonNull(scratch, "scratch");
        environment = Map.copyOf(environment);
    }
}
