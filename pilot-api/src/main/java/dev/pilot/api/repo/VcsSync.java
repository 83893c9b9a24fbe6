package dev.pilot.api.repo;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
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

    /**
     * The commits that the copy has, each with all its history, as far as another copy may build on them: the tips of its branches and
     * tags, the default branch's first. For {@link #bundle}'s {@code without}.
     *
     * @param location the repository; there need not be a copy yet
     * @return commit ids, 100 at most
     */
    List<String> tips(RepoLocation location);

    /**
     * Writes a part of the copy as a git bundle: one file for another copy that shares neither a disk nor a remote with this one.
     *
     * @param location the repository
     * @param branch the branch; null for what a copy is made of: the default branch and the tags
     * @param without commits that the receiver has with all their history; those that the copy doesn't know count for nothing
     * @param to where it goes; not closed
     * @throws dev.pilot.api.error.NotAllowed with code {@code repository-shallow} if the copy's history is cut off: a bundle can't
     *     say so
     */
    void bundle(RepoLocation location, @Nullable String branch, List<String> without, OutputStream to);

    /**
     * Makes the copy, or brings it to what a bundle of the default branch and the tags says. The branch is moved there, wherever it was;
     * other branches stay.
     *
     * @param location the repository; its default branch is that of the bundle, its remote is not asked
     * @param bundle the bundle; not closed
     * @return the copy's state
     * @throws dev.pilot.api.error.NotAllowed with code {@code bundle-incomplete} if it builds on commits that the copy doesn't have,
     *     with code {@code bundle-broken} if it is none
     */
    RepoSnapshot unbundle(RepoLocation location, InputStream bundle);

    /**
     * Takes one branch out of a bundle, replacing one of that name. Its objects are checked as those of somebody who isn't trusted.
     *
     * @param location the repository, which has a copy
     * @param branch the branch; not the default one
     * @param bundle the bundle; not closed
     * @return the branch's commit
     * @throws dev.pilot.api.error.NotAllowed with code {@code bundle-incomplete} or {@code bundle-broken}, as above
     */
    String receive(RepoLocation location, String branch, InputStream bundle);
}
