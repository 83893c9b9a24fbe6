package dev.pilot.api.repo;

import dev.pilot.api.error.InvalidInput;
import org.jspecify.annotations.Nullable;

/**
 * The state of a copy after a sync.
 *
 * @param defaultBranch the branch that results are merged into
 * @param headCommit that branch's commit; null in an empty repository
 * @param changed whether the sync brought anything new
 */
public record RepoSnapshot(String defaultBranch, @Nullable String headCommit, boolean changed) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public RepoSnapshot {
        InvalidInput.required(defaultBranch, "defaultBranch");
    }
}
