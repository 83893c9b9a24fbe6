package dev.pilot.vcs.git;

import dev.pilot.api.repo.VcsProvider;
import dev.pilot.api.repo.VcsSync;

/** Makes a {@link GitVcsSync} with the default settings. */
public final class GitVcsProvider implements VcsProvider {
    /** For the service loader. */
    public GitVcsProvider() {}

    @Override
    public VcsSync create() {
        return new GitVcsSync(GitVcsConfig.DEFAULT);
    }
}
