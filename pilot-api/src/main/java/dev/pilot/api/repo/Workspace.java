package dev.pilot.api.repo;

import dev.pilot.api.error.InvalidInput;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A private checkout for one attempt.
 *
 * @param repo the repository
 * @param directory its root
 * @param branch the branch that is checked out
 * @param baseCommit the commit it started from; null in an empty repository
 * @param authorName who commits what the agent leaves
 * @param authorEmail that author's address
 */
public record Workspace(
        RepoLocation repo,
        Path directory,
        String branch,
        @Nullable String baseCommit,
        String authorName,
        String authorEmail) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public Workspace {
        InvalidInput.required(repo, "repo");
        InvalidInput.required(directory, "directory");
        InvalidInput.required(branch, "branch");
        authorName = authorName == null ? "Pilot" : authorName;
        authorEmail = authorEmail == null ? "pilot@localhost" : authorEmail;
    }
}
