package dev.pilot.testkit.repo;

import dev.pilot.api.repo.VcsSync;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link VcsSync} promises. An adapter's test extends this and says how to make one; the repositories are made with the
 * {@code git} command, and without it the tests are skipped.
 */
public abstract class VcsSyncContract {
    /** For subclasses. */
    protected VcsSyncContract() {}

    /**
     * Makes the adapter under test; called once per test.
     *
     * @return the adapter
     */
    protected abstract VcsSync vcs();

    @Nested
    class Sync extends SyncContract {
        @Override
        VcsSync adapter() {
            return vcs();
        }
    }

    @Nested
    class Remotes extends RemoteContract {
        @Override
        VcsSync adapter() {
            return vcs();
        }
    }

    @Nested
    class Workspaces extends WorkspaceContract {
        @Override
        VcsSync adapter() {
            return vcs();
        }
    }

    @Nested
    class Commits extends CommitContract {
        @Override
        VcsSync adapter() {
            return vcs();
        }
    }

    @Nested
    class Diffs extends DiffContract {
        @Override
        VcsSync adapter() {
            return vcs();
        }
    }

    @Nested
    class Merges extends MergeContract {
        @Override
        VcsSync adapter() {
            return vcs();
        }
    }

    @Nested
    class Bundles extends BundleContract {
        @Override
        VcsSync adapter() {
            return vcs();
        }
    }
}
