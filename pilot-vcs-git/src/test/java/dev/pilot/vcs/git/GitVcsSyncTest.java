package dev.pilot.vcs.git;

import dev.pilot.api.repo.VcsSync;
import dev.pilot.testkit.repo.VcsSyncContract;

class GitVcsSyncTest extends VcsSyncContract {
    @Override
    protected VcsSync vcs() {
        return new GitVcsProvider().create();
    }
}
