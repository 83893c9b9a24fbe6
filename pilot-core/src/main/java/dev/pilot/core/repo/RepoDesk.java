package dev.pilot.core.repo;

import dev.pilot.api.error.Unavailable;
import dev.pilot.api.repo.MergeRequest;
import dev.pilot.api.repo.MergeResult;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.repo.RepoLocation;
import dev.pilot.api.repo.RepoSnapshot;
import dev.pilot.api.repo.VcsSync;
import dev.pilot.core.system.DataDirectory;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the hub does with its copies of repositories. */
public final class RepoDesk {
    private final DataDirectory data;
    private final @Nullable VcsSync vcs;

    /**
     * Makes one.
     *
     * @param data where the copies lie
     * @param vcs handles them; null where no adapter is on the class path
     */
    public RepoDesk(DataDirectory data, @Nullable VcsSync vcs) {
        this.data = data;
        this.vcs = vcs;
    }

    /**
     * Where a repository comes from and where its copy lies.
     *
     * @param repo the repository
     * @return its location
     */
    public RepoLocation location(Repo repo) {
        return new RepoLocation(repo.remoteUrl(), data.repo(repo.slug()), repo.defaultBranch());
    }

    /**
     * Clones or fetches.
     *
     * @param repo the repository
     * @return the copy's state
     */
    public RepoSnapshot sync(Repo repo) {
        return vcs().sync(location(repo));
    }

    /**
     * Merges a commit into the repository's target branch.
     *
     * @param repo the repository
     * @param commit the commit
     * @param message the merge commit's message
     * @return what came of it
     */
    public MergeResult merge(Repo repo, String commit, String message) {
        RepoLocation location = location(repo);
        String target =
                repo.defaultBranch() != null ? repo.defaultBranch() : sync(repo).defaultBranch();
        return vcs().merge(new MergeRequest(location, commit, target, message, "Pilot", "pilot@localhost"));
    }

    /**
     * Writes what a copy elsewhere is made of: the default branch and the tags.
     *
     * @param repo the repository
     * @param known commits that the other copy has
     * @param to where the bundle goes; not closed
     */
    public void bundle(Repo repo, List<String> known, OutputStream to) {
        vcs().bundle(location(repo), null, known, to);
    }

    /**
     * Takes the branch that an attempt made elsewhere.
     *
     * @param repo the repository
     * @param branch the branch
     * @param bundle holds it; not closed
     * @return the branch's commit
     */
    public String receive(Repo repo, String branch, InputStream bundle) {
        return vcs().receive(location(repo), branch, bundle);
    }

    /**
     * Lets go of an attempt's branch.
     *
     * @param repo the repository
     * @param branch the branch; need not be there
     */
    public void forget(Repo repo, String branch) {
        vcs().deleteBranch(location(repo), branch);
    }

    private VcsSync vcs() {
        if (vcs == null) {
            throw new Unavailable(
                    "no-vcs", "No adapter for repositories is on the class path: add pilot-vcs-git.", null);
        }
        return vcs;
    }
}
