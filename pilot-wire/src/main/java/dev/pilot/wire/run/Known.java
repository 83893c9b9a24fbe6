package dev.pilot.wire.run;

import dev.pilot.api.error.InvalidInput;
import java.util.List;

/**
 * What a worker's copy of a repository has.
 *
 * @param commits commit ids; may be empty
 */
public record Known(List<String> commits) {
    /**
     * Copies the list.
     *
     * @throws InvalidInput if it is absent
     */
    public Known {
        commits = List.copyOf(InvalidInput.required(commits, "commits"));
    }
}
