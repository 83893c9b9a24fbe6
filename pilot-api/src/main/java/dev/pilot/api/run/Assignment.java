package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.repo.Repo;
import org.jspecify.annotations.Nullable;

/**
 * A run that a worker has claimed, with what it needs to know.
 *
 * @param run the run, with its lease
 * @param repo the repository it works on, or null
 * @param previousDiff the previous attempt's diff, where there is feedback on it; or null
 */
public record Assignment(
        Run run, @Nullable Repo repo, @Nullable String previousDiff) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public Assignment {
        InvalidInput.required(run, "run");
    }
}
