package dev.pilot.wire.run;

import dev.pilot.api.error.InvalidInput;

/**
 * Where an attempt starts from.
 *
 * @param branch the attempt's branch
 * @param baseCommit the commit it starts from
 */
public record Started(String branch, String baseCommit) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if something is absent
     */
    public Started {
        InvalidInput.required(branch, "branch");
        InvalidInput.required(baseCommit, "baseCommit");
    }
}
