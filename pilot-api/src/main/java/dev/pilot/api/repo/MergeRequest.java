package dev.pilot.api.repo;

import dev.pilot.api.error.InvalidInput;

/**
 * A branch to merge in the hub's copy.
 *
 * @param repo the repository
 * @param commit the commit to merge
 * @param target the branch to merge into
 * @param message the merge commit's message, where one is needed
 * @param authorName who merges
 * @param authorEmail that author's address
 */
public record MergeRequest(
        RepoLocation repo, String commit, String target, String message, String authorName, String authorEmail) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public MergeRequest {
        InvalidInput.required(repo, "repo");
        InvalidInput.required(commit, "commit");
        InvalidInput.required(target, "target");
        InvalidInput.required(message, "message");
        authorName = authorName == null ? "Pilot" : authorName;
        authorEmail = authorEmail == null ? "pilot@localhost" : authorEmail;
    }
}
