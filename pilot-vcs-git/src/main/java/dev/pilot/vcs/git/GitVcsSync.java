package dev.pilot.vcs.git;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.repo.Diff;
import dev.pilot.api.repo.MergeRequest;
import dev.pilot.api.repo.MergeResult;
import dev.pilot.api.repo.OpenWorkspace;
import dev.pilot.api.repo.RepoLocation;
import dev.pilot.api.repo.RepoSnapshot;
import dev.pilot.api.repo.VcsSync;
import dev.pilot.api.repo.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * {@link VcsSync} on Git, by JGit: no {@code git} command is needed. Reads {@code https}, {@code http}, {@code git} and
 * {@code file} URLs and absolute paths; not ssh. Threads may share it. Submodules are not filled, and files kept in Git LFS stay
 * pointers.
 *
 * <p>Beside a copy or a workspace there may be entries whose names start with a dot and the directory's name: a lock file, and
 * what is under construction.
 *
 * <p>One thing is of the whole JVM: JGit's {@code SystemReader} is wrapped at the first call, so that the user's git configuration
 * stays out of what is done here. A host program that uses JGit itself goes on with the reader it had.
 */
public final class GitVcsSync implements VcsSync {
    private final RemoteSync remote;
    private final WorkspaceCommit commits;
    private final BranchMerge merges;
    private final DiffWriter diffs;

    /**
     * Makes one that dates its commits by the system's clock.
     *
     * @param config the limits
     */
    public GitVcsSync(GitVcsConfig config) {
        this(config, Clock.systemUTC());
    }

    /**
     * Makes one.
     *
     * @param config the limits
     * @param clock dates the commits
     */
    public GitVcsSync(GitVcsConfig config, Clock clock) {
        requireNonNull(config, "config");
        requireNonNull(clock, "clock");
        remote = new RemoteSync(config.networkTimeout());
        commits = new WorkspaceCommit(clock);
        merges = new BranchMerge(clock);
        diffs = new DiffWriter(config);
    }

    @Override
    public RepoSnapshot sync(RepoLocation location) {
        return IsolatedGit.call(() -> remote.sync(location));
    }

    @Override
    public Workspace open(OpenWorkspace request) {
        return IsolatedGit.call(() -> WorkspaceOpening.open(request));
    }

    @Override
    public @Nullable String commit(Workspace workspace, String message) {
        return IsolatedGit.find(() -> commits.commit(workspace, message));
    }

    @Override
    public @Nullable String publish(Workspace workspace) {
        return IsolatedGit.find(() -> WorkspacePublication.publish(workspace));
    }

    @Override
    public Diff diff(RepoLocation location, @Nullable String base, String head) {
        return IsolatedGit.call(() -> {
            try (Repository copy = Copy.open(location.directory())) {
                ObjectId before = base == null ? null : Copy.commit(copy, base, "base");
                return diffs.diff(copy, before, Copy.commit(copy, head, "head"));
            }
        });
    }

    @Override
    public MergeResult merge(MergeRequest request) {
        return IsolatedGit.call(() -> merges.merge(request));
    }

    @Override
    public void close(Workspace workspace) {
        IsolatedGit.run(() -> closeDirectory(workspace));
    }

    @Override
    public void deleteBranch(RepoLocation location, String branch) {
        IsolatedGit.run(() -> Copy.deleteBranch(location, branch));
    }

    @Override
    public List<String> tips(RepoLocation location) {
        return IsolatedGit.call(() -> BundleWriting.tips(location));
    }

    @Override
    public void bundle(RepoLocation location, @Nullable String branch, List<String> without, OutputStream to) {
        IsolatedGit.run(() -> BundleWriting.write(location, branch, without, to));
    }

    @Override
    public RepoSnapshot unbundle(RepoLocation location, InputStream bundle) {
        return IsolatedGit.call(() -> BundleReading.mirror(location, bundle));
    }

    @Override
    public String receive(RepoLocation location, String branch, InputStream bundle) {
        return IsolatedGit.call(() -> BundleReading.receive(location, branch, bundle));
    }

    private static void closeDirectory(Workspace workspace) throws IOException {
        Path copy = workspace.repo().directory().toAbsolutePath().normalize();
        if (copy.startsWith(workspace.directory().toAbsolutePath().normalize())) {
            throw new NotAllowed(
                    "workspace-broken",
                    "The directory " + workspace.directory() + " holds the hub's copy: it is no workspace.");
        }
        Path parent = workspace.directory().toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return; // locking would make it
        }
        try (DirectoryLock lock = DirectoryLock.take(workspace.directory())) {
            DirectoryTree.delete(lock.directory());
            Siblings.sweep(lock.directory());
        }
    }
}
