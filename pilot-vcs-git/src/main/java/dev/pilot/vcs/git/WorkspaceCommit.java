package dev.pilot.vcs.git;

import dev.pilot.api.repo.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.InvalidPathException;
import org.eclipse.jgit.errors.LockFailedException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.jspecify.annotations.Nullable;

/**
 * Commits what an agent left, onto the attempt's branch, wherever the agent left HEAD: what counts is the state of the files, on
 * top of the commit that is checked out. Where that would lose commits of the branch, or a merge is half-done, the workspace is
 * refused rather than guessed about.
 */
final class WorkspaceCommit {
    private final Clock clock;

    WorkspaceCommit(Clock clock) {
        this.clock = clock;
    }

    @Nullable
    String commit(Workspace workspace, String message) throws IOException {
        String ref = BranchName.ref(workspace.branch(), "branch");
        try (DirectoryLock lock = DirectoryLock.take(workspace.directory());
                Repository repository = WorkspaceRepository.reopen(
                        workspace, lock.directory(), WorkspacePublication.copyOf(workspace))) {
            ObjectId base = workspace.baseCommit() == null ? null : ObjectId.fromString(workspace.baseCommit());
            ObjectId branch = WorkspaceRepository.commit(repository, ref);
            ObjectId head = WorkspaceRepository.commit(repository, Constants.HEAD);
            if (head == null) {
                head = branch == null ? base : branch;
            }
            ObjectId tip = save(repository, lock.directory(), head, branch, message, author(workspace));
            if (tip == null) {
                return null;
            }
            refuseUnrelated(repository, lock.directory(), base, tip);
            boolean isCheckedOut = !tip.equals(branch) || tip.equals(head);
            if (isCheckedOut) {
                settle(repository, ref, branch, tip);
            }
            return tip.equals(base) ? null : tip.name();
        } catch (InvalidPathException e) {
            throw Failures.brokenWorkspace(
                    workspace.directory(), "it holds a name that git refuses: " + e.getMessage());
        }
    }

    private PersonIdent author(Workspace workspace) {
        return new PersonIdent(workspace.authorName(), workspace.authorEmail(), clock.instant(), ZoneOffset.UTC);
    }

    /** Commits the files on top of what is checked out, if they differ from it; answers the branch's new tip. */
    private static @Nullable ObjectId save(
            Repository repository,
            Path directory,
            @Nullable ObjectId head,
            @Nullable ObjectId branch,
            String message,
            PersonIdent author)
            throws IOException {
        List<ObjectId> parents = new ArrayList<>();
        ObjectId treeBefore = null;
        if (head != null) {
            parents.add(head);
            treeBefore = tree(repository, head);
        }
        List<ObjectId> merging = repository.readMergeHeads();
        if (merging != null) {
            parents.addAll(merging);
        }
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId tree = writeTree(repository, directory, treeBefore, inserter);
            boolean changed = merging != null
                    || !tree.equals(treeBefore == null ? inserter.idFor(Constants.OBJ_TREE, new byte[0]) : treeBefore);
            boolean behind = head != null && branch != null && Copy.isAncestor(repository, head, branch);
            if (!changed && behind) {
                return branch; // which may be further on: an older commit was looked at, and nothing was changed there
            }
            refuseLoss(repository, directory, head, branch);
            if (!changed) {
                return head;
            }
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree);
            commit.setParentIds(parents);
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage(message);
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    private static void refuseLoss(
            Repository repository, Path directory, @Nullable ObjectId head, @Nullable ObjectId branch)
            throws IOException {
        if (head != null && branch != null && !Copy.isAncestor(repository, branch, head)) {
            throw Failures.brokenWorkspace(
                    directory,
                    "its HEAD " + head.abbreviate(10).name() + " does not hold the branch's commit "
                            + branch.abbreviate(10).name() + ". Check the branch out and bring the changes there.");
        }
    }

    private static void refuseUnrelated(Repository repository, Path directory, @Nullable ObjectId base, ObjectId tip)
            throws IOException {
        if (base == null || base.equals(tip)) {
            return;
        }
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(base));
            walk.markStart(walk.parseCommit(tip));
            if (walk.next() == null) {
                throw Failures.brokenWorkspace(
                        directory, "its history has nothing in common with the commit it started from.");
            }
        }
    }

    private static ObjectId tree(Repository repository, ObjectId commit) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit parsed = walk.parseCommit(commit);
            return parsed.getTree().copy();
        }
    }

    private static ObjectId writeTree(
            Repository repository, Path directory, @Nullable ObjectId treeBefore, ObjectInserter inserter)
            throws IOException {
        DirCache index = lockIndex(repository, treeBefore);
        try {
            if (index.hasUnmergedPaths()) {
                throw Failures.brokenWorkspace(directory, "a merge in it has conflicts that nobody resolved.");
            }
            WorkingTree.stage(repository, index, treeBefore, inserter);
            ObjectId tree = index.writeTree(inserter);
            inserter.flush();
            index.write();
            index.commit();
            return tree;
        } finally {
            index.unlock();
        }
    }

    /** The agent's index knows which files are unchanged and which ignored ones are tracked; where it can't be read, the commit says. */
    private static DirCache lockIndex(Repository repository, @Nullable ObjectId treeBefore) throws IOException {
        Path file = repository.getIndexFile().toPath();
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            try {
                return repository.lockDirCache();
            } catch (LockFailedException e) {
                throw e;
            } catch (IOException e) {
                Files.deleteIfExists(file.resolveSibling("index.lock"));
            }
        }
        DirectoryTree.delete(file);
        DirCache index = repository.lockDirCache();
        if (treeBefore != null) {
            try (ObjectReader reader = repository.newObjectReader()) {
                DirCacheBuilder builder = index.builder();
                builder.addTree(new byte[0], 0, reader, treeBefore);
                builder.finish();
            }
        }
        return index;
    }

    /** Leaves the workspace on its branch, with no merge under way, as if the agent had committed there. */
    private static void settle(Repository repository, String ref, @Nullable ObjectId branch, ObjectId tip)
            throws IOException {
        if (!tip.equals(branch) && !Copy.move(repository, ref, branch, tip, "commit: what the agent left")) {
            throw Failures.refUpdate(ref, RefUpdate.Result.LOCK_FAILURE);
        }
        WorkspaceRepository.pointHead(repository, ref);
        if (repository.readMergeHeads() != null) {
            repository.writeMergeHeads(null);
            repository.writeMergeCommitMsg(null);
        }
    }
}
