package dev.pilot.core.worker;

import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.repo.RepoLocation;
import dev.pilot.api.repo.VcsSync;
import dev.pilot.api.repo.Workspace;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.WorkQueue;
import dev.pilot.core.system.DataDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Copies of the worker's own, which the hub brings up to date by bundles: the worker needs neither the hub's disk nor a credential for
 * the remote.
 *
 * @param hub where the bundles come from and go to
 * @param vcs handles the copies
 * @param data where they lie
 */
record OwnCopies(WorkQueue hub, VcsSync vcs, DataDirectory data) implements Copies {
    @Override
    public RepoLocation current(Repo repo, Lease lease) throws InterruptedException {
        String branch = Objects.requireNonNull(repo.defaultBranch(), "a synced repository has a default branch");
        RepoLocation location = new RepoLocation(repo.remoteUrl(), data.repo(repo.slug()), branch);
        try {
            take(location, lease, vcs.tips(location));
        } catch (NotAllowed incomplete) {
            if (!incomplete.code().equals("bundle-incomplete")) {
                throw incomplete;
            }
            take(location, lease, List.of()); // something was lost here: all of it once more
        }
        return location;
    }

    private void take(RepoLocation location, Lease lease, List<String> known) throws InterruptedException {
        Patience.with(lease.runId(), () -> {
            try (InputStream bundle = hub.base(lease, known)) {
                return vcs.unbundle(location, bundle);
            } catch (IOException e) {
                throw new Unavailable("repository-io", "The bundle can't be read: " + e.getMessage(), e);
            }
        });
    }

    @Override
    public void handOver(Workspace workspace, Lease lease, Path scratch) throws InterruptedException {
        Path file = scratch.resolve("branch.bundle");
        try {
            try (OutputStream to = Files.newOutputStream(file)) {
                String base = workspace.baseCommit();
                vcs.bundle(workspace.repo(), workspace.branch(), base == null ? List.of() : List.of(base), to);
            }
            Patience.with(lease.runId(), () -> publish(lease, file));
            Files.delete(file);
        } catch (IOException e) {
            throw new Unavailable("repository-io", "The bundle " + file + " can't be written: " + e.getMessage(), e);
        } finally {
            vcs.deleteBranch(workspace.repo(), workspace.branch());
        }
    }

    /** Publishing twice is publishing once, so a lost answer is only another reason to do it again. */
    private String publish(Lease lease, Path file) {
        try (InputStream bundle = Files.newInputStream(file)) {
            return hub.publish(lease, bundle);
        } catch (IOException e) {
            throw new Unavailable("repository-io", "The bundle " + file + " can't be read: " + e.getMessage(), e);
        } catch (PilotException failure) {
            if (failure.kind() == ErrorKind.OUTCOME_UNKNOWN) {
                throw new Unavailable("not-published", failure.getMessage(), failure);
            }
            throw failure;
        }
    }
}
