package dev.pilot.core.worker;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.repo.Diff;
import dev.pilot.api.repo.OpenWorkspace;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.repo.RepoLocation;
import dev.pilot.api.repo.VcsSync;
import dev.pilot.api.repo.Workspace;
import dev.pilot.api.run.ArtifactKind;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.NewArtifact;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Json;
import dev.pilot.core.repo.AttemptBranch;
import dev.pilot.core.system.DataDirectory;
import dev.pilot.core.system.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where one attempt works: a checkout on a branch of its own where there is a repository, else an empty directory. */
final class AttemptWorkspace {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptWorkspace.class);
    private static final int LISTED = 200;

    private final ExecutionParts parts;
    private final Assignment assignment;
    private final Run run;
    private final Lease lease;
    private final Path root;
    private @Nullable Workspace workspace;
    private @Nullable String headCommit;
    private long changedFiles;
    private long changedLines;

    AttemptWorkspace(ExecutionParts parts, Assignment assignment, Lease lease) {
        this.parts = parts;
        this.assignment = assignment;
        this.run = assignment.run();
        this.lease = lease;
        this.root = parts.data().workspace(run.id(), lease.attempt());
    }

    Path directory() {
        return root.resolve("work");
    }

    Path scratch() {
        return root.resolve("scratch");
    }

    @Nullable
    String branch() {
        return workspace == null ? null : workspace.branch();
    }

    @Nullable
    String baseCommit() {
        return workspace == null ? null : workspace.baseCommit();
    }

    @Nullable
    String headCommit() {
        return headCommit;
    }

    long changedFiles() {
        return changedFiles;
    }

    long changedLines() {
        return changedLines;
    }

    void open() throws InterruptedException {
        try {
            DataDirectory.remove(root);
            Files.createDirectories(scratch());
            if (run.repoId() == null) {
                Files.createDirectories(directory());
                return;
            }
        } catch (IOException | UncheckedIOException e) {
            throw new Unavailable("workspace-io", "The workspace " + root + " can't be made: " + e.getMessage(), e);
        }
        Repo repo = assignment.repo();
        VcsSync vcs = parts.vcs();
        if (repo == null || vcs == null) {
            throw new Unavailable("no-vcs", "This worker can't open repositories: add pilot-vcs-git to it.", null);
        }
        Repo synced = sync(repo);
        RepoLocation location = parts.copies().current(synced, lease);
        String branch = AttemptBranch.of(run.id(), lease.attempt());
        Workspace opened = vcs.open(new OpenWorkspace(location, directory(), branch, null, "Pilot", "pilot@localhost"));
        workspace = opened;
        String base = Objects.requireNonNullElse(opened.baseCommit(), "");
        Patience.with(run.id(), () -> parts.pilot().work().started(lease, branch, base));
    }

    /** A remote that is away doesn't keep a run from working on what the hub has. */
    private Repo sync(Repo repo) throws InterruptedException {
        try {
            return parts.pilot().repos().sync(repo.id());
        } catch (Unavailable away) {
            if (repo.sync().lastSyncAt() == null) {
                throw away;
            }
            NewEvent event = NewEvent.builder(Subject.run(run.id()))
                    .type("sync")
                    .level(Level.WARN)
                    .title("working on the copy of " + repo.sync().lastSyncAt())
                    .message(away.getMessage())
                    .build();
            Threads.await(parts.pilot().work().append(lease, List.of(event)));
            return repo;
        }
    }

    /** Commits what was left, brings the branch to the hub's copy and keeps the diff with the run. */
    void keepChanges() throws InterruptedException {
        Workspace open = workspace;
        VcsSync vcs = parts.vcs();
        if (open == null || vcs == null) {
            return;
        }
        String goal = run.goal().lines().findFirst().orElse("work");
        vcs.commit(open, (goal.length() <= 72 ? goal : goal.substring(0, 71) + "…") + "\n\nRun: " + run.id());
        String head = vcs.publish(open);
        if (head == null || head.equals(open.baseCommit())) {
            return;
        }
        headCommit = head;
        Diff diff = vcs.diff(open.repo(), open.baseCommit(), head);
        changedFiles = diff.files().size();
        changedLines = diff.lines();
        NewArtifact artifact = new NewArtifact(ArtifactKind.DIFF, "changes.diff", "text/x-diff", counts(diff));
        Patience.with(run.id(), () -> parts.pilot().work().keep(lease, artifact, diff.unified()));
        parts.copies().handOver(open, lease, root);
    }

    private static Json.Obj counts(Diff diff) {
        return Json.object(
                "files", diff.files().size(),
                "added", diff.files().stream().mapToLong(file -> file.added()).sum(),
                "removed",
                        diff.files().stream().mapToLong(file -> file.removed()).sum(),
                "changes",
                        diff.files().stream()
                                .limit(LISTED)
                                .map(file -> Json.object(
                                        "path", file.path(),
                                        "kind", file.kind(),
                                        "added", file.added(),
                                        "removed", file.removed()))
                                .toList());
    }

    void close() {
        try {
            VcsSync vcs = parts.vcs();
            if (workspace != null && vcs != null) {
                vcs.close(workspace);
            }
            DataDirectory.remove(root);
            // The run's own directory goes with its last attempt.
            Path ofRun = root.getParent();
            try (Stream<Path> attempts = Files.list(ofRun)) {
                if (attempts.findAny().isEmpty()) {
                    Files.deleteIfExists(ofRun);
                }
            }
        } catch (IOException | UncheckedIOException | PilotException e) {
            LOG.warn("The workspace {} could not be removed: {}", root, e.getMessage());
        }
    }
}
