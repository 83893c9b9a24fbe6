package dev.pilot.core.worker;

import dev.pilot.api.repo.Repo;
import dev.pilot.api.repo.RepoLocation;
import dev.pilot.api.repo.Workspace;
import dev.pilot.api.run.Lease;
import java.nio.file.Path;

/** The copies of repositories that attempts work on. */
interface Copies {
    /** Where the copy lies, with what the hub has now. */
    RepoLocation current(Repo repo, Lease lease) throws InterruptedException;

    /**
     * Brings what an attempt has published in the copy to the hub.
     *
     * @param scratch where a file may lie meanwhile
     */
    void handOver(Workspace workspace, Lease lease, Path scratch) throws InterruptedException;
}
