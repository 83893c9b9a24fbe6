package dev.pilot.api.repo;

import dev.pilot.api.error.InvalidInput;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to open a workspace.
 *
 * @param repo the repository
 * @param directory where the workspace is to be; must not exist or be empty
 * @param branch the branch to create and check out
 * @param base the commit or branch it starts from; null for the tip of the default branch
 * @param authorName who commits what the agent leaves
 * @param authorEmail that author's address
 */
public record OpenWorkspace(
        RepoLocation repo,
        Path directory,
        String branch,
        @Nullable String base,
        String authorName,
        String authorEmail) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public OpenWorkspace {
        InvalidInput.required(repo, "repo");
        InvalidInput.required(directory, "directory");
        InvalidInput.required(branch, "branch");
        authorName = authorName == null ? "Pilot" : authorName;
        authorEmail = authorEmail == null ? "pilot@localhost" : authorEmail;
    }
}
