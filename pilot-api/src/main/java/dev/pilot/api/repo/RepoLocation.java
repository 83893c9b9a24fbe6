package dev.pilot.api.repo;

import dev.pilot.api.error.InvalidInput;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a repository comes from and where the hub keeps its copy.
 *
 * @param remoteUrl where it is cloned from
 * @param directory the hub's bare copy, which may not exist yet
 * @param defaultBranch the branch that results are merged into; null for the remote's own
 */
public record RepoLocation(
        String remoteUrl, Path directory, @Nullable String defaultBranch) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public RepoLocation {
        InvalidInput.required(remoteUrl, "remoteUrl");
        InvalidInput.required(directory, "directory");
    }
}
