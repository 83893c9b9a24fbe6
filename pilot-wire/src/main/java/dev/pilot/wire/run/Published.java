package dev.pilot.wire.run;

import dev.pilot.api.error.InvalidInput;

/**
 * What the hub has of an attempt's branch.
 *
 * @param commit the branch's commit
 */
public record Published(String commit) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if the commit is absent
     */
    public Published {
        InvalidInput.required(commit, "commit");
    }
}
