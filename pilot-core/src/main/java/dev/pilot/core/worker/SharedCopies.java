package dev.pilot.core.worker;

import dev.pilot.api.repo.Repo;
import dev.pilot.api.repo.RepoLocation;
import dev.pilot.api.repo.Workspace;
import dev.pilot.api.run.Lease;
import dev.pilot.core.system.DataDirectory;
import java.nio.file.Path;

/**
 * The hub's own copies, in a data directory that the worker shares with it.
 *
 * @param data that directory
 */
record SharedCopies(DataDirectory data) implements Copies {
    @Override
    public RepoLocation current(Repo repo, Lease lease) {
        return new RepoLocation(repo.remoteUrl(), data.repo(repo.slug()), repo.defaultBranch());
    }

    @Override
    public void handOver(Workspace workspace, Lease lease, Path scratch) {
        // the hub has it already
    }
}
