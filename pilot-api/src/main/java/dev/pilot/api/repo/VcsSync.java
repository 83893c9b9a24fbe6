package dev.pilot.api.repo;

import org.jspecify.annotations.Nullable;

/**
 * Port: keeps copies of repositories, gives each attempt a private workspace, merges what is accepted. Threads may share it;
 * calls block.
 *
 * <ol>
 *   <li>The remote is only read. The remote's branches live under {@code refs/remotes/origin}; the hub's own branches are never
 *       overwritten by a sync.
 *   <li>A call that is cut short can be made again: nothing half-done stays in the way.
 *   <li>What can't be read is {@link dev.pilot.api.error.Unavailable} with code {@code repository-unreachable}; the message holds
 *       no credential of a URL.
 *   <li>Nothing of the user's own git configuration or hooks applies; nothing is written outside the given directories.
 * </ol>
 */
public interface VcsSync {
    /**
     * Clones the remote into the location's directory, or fetches what is new. The target branch is made from the remote's where
     * the hub has none, and follows it by fast-forward while the hub has nothing of its own on it.
     *
     * @param location the repository
     * @return the copy's state
     */
    RepoSnapshot sync(RepoLocation location);

    /**
     * Makes a private checkout with a branch of its own. Objects are shared with the copy, so it is quick and small.
     *
     * @param request what to open
     * @return the workspace
     * @throws dev.pilot.api.error.NotAllowed with code {@code workspace-exists} if the directory is not empty
     */
    Workspace open(OpenWorkspace request);

    /**
     * Commits whatever the agent left uncommitted.
     *
     * @param workspace the workspace
     * @param message the commit's message
     * @return the branch's commit; null if it is still the base or there is none
     */
    @Nullable
    String commit(Workspace workspace, String message);

    /**
     * Brings the workspace's branch into the hub's copy under the same name, replacing one of that name.
     *
     * @param workspace the workspace
     * @return the branch's commit, or null if there is none
     */
    @Nullable
    String publish(Workspace workspace);

    /**
     * The difference between two commits of the copy.
     *
     * @param location the repository
     * @param base the commit before, or null for nothing
     * @param head the commit after
     * @return the diff
     */
    Diff diff(RepoLocation location, @Nullable String base, String head);

    /**
     * Merges a commit into a branch of the copy: by fast-forward where that is possible, else with a merge commit. Doing it again
     * changes nothing.
     *
     * @param request what to merge
     * @return what came of it
     */
    MergeResult merge(MergeRequest request);

    /**
     * Deletes the workspace's directory. The branch stays in the copy if it was published.
     *
     * @param workspace the workspace
     */
    void close(Workspace workspace);

    /**
     * Deletes a branch of the copy, if it is there.
     *
     * @param location the repository
     * @param branch its name
     */
    void deleteBranch(RepoLocation location, String branch);
}
