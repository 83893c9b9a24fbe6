package dev.pilot.vcs.git;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.repo.RepoLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/** The hub's bare copy of a repository. */
final class Copy {
    private Copy() {}

    static boolean isOne(Path directory) {
        return Files.isRegularFile(directory.resolve(Constants.HEAD))
                && Files.isDirectory(directory.resolve(Constants.OBJECTS))
                && Files.isDirectory(directory.resolve("refs"));
    }

    /**
     * Opens a copy.
     *
     * @throws NotAllowed with code {@code repository-not-synced} if there is none
     */
    static Repository open(Path directory) throws IOException {
        if (!isOne(directory)) {
            throw new NotAllowed(
                    "repository-not-synced", "There is no copy of the repository at " + directory + ": sync it first.");
        }
        return new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .setMustExist(true)
                .build();
    }

    /** Makes an empty one. */
    static Repository create(Path directory) throws IOException {
        Repository repository = new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .build();
        repository.create(true);
        StoredConfig config = repository.getConfig();
        config.setBoolean("pack", null, "deltaCompression", true);
        config.save();
        return repository;
    }

    static @Nullable ObjectId branch(Repository repository, String ref) throws IOException {
        Ref found = repository.exactRef(ref);
        return found == null ? null : found.getObjectId();
    }

    /**
     * Finds a commit by its full id, or by the name of one of the hub's branches, the remote's, or a tag.
     *
     * @throws InvalidInput if there is none
     */
    static ObjectId commit(Repository repository, String name, String field) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            if (ObjectId.isId(name)) {
                return walk.parseCommit(ObjectId.fromString(name)).copy();
            }
            for (String prefix : new String[] {Constants.R_HEADS, BranchName.REMOTE, Constants.R_TAGS}) {
                ObjectId found = Repository.isValidRefName(prefix + name) ? branch(repository, prefix + name) : null;
                if (found != null) {
                    return walk.parseCommit(found).copy();
                }
            }
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            throw InvalidInput.of(field, "is no commit of the hub's copy: " + name);
        }
        throw InvalidInput.of(field, "is no commit or branch of the hub's copy: " + name);
    }

    /** Whether the first commit is in the history of the second. */
    static boolean isAncestor(Repository repository, AnyObjectId ancestor, AnyObjectId of) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRetainBody(false);
            return walk.isMergedInto(walk.parseCommit(ancestor), walk.parseCommit(of));
        }
    }

    /**
     * Sets a branch, if it still is what the caller saw.
     *
     * @param expected what it was; null if it wasn't there
     * @return whether it did; false if somebody else was faster
     */
    static boolean move(Repository repository, String ref, @Nullable ObjectId expected, ObjectId to, String why)
            throws IOException {
        RefUpdate update = repository.updateRef(ref);
        update.setExpectedOldObjectId(expected == null ? ObjectId.zeroId() : expected);
        update.setNewObjectId(to);
        update.setRefLogMessage(why, false);
        update.setForceUpdate(true); // the expected value is the guard
        RefUpdate.Result result = update.update();
        return switch (result) {
            case NEW, FAST_FORWARD, FORCED, NO_CHANGE -> true;
            case LOCK_FAILURE -> false;
            default -> throw Failures.refUpdate(ref, result);
        };
    }

    /** Deletes one of the hub's own branches, if it is there and not the default one. */
    static void deleteBranch(RepoLocation location, String branch) throws IOException {
        String ref = BranchName.ref(branch, "branch");
        if (!isOne(location.directory())) {
            return;
        }
        try (CopyLock lock = CopyLock.take(location.directory());
                Repository copy = open(lock.directory())) {
            BranchName.refuseDefault(copy, location.defaultBranch(), branch);
            if (branch(copy, ref) != null) {
                deleteRef(copy, ref);
            }
        }
    }

    static void deleteRef(Repository copy, String ref) throws IOException {
        RefUpdate update = copy.updateRef(ref);
        update.setForceUpdate(true);
        RefUpdate.Result result = update.delete();
        switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
            default -> throw Failures.refUpdate(ref, result);
        }
    }

    /** Makes a branch the one that is checked out where none is named. */
    static void pointHead(Repository copy, String ref) throws IOException {
        Ref head = copy.exactRef(Constants.HEAD);
        if (head != null && head.isSymbolic() && head.getTarget().getName().equals(ref)) {
            return;
        }
        RefUpdate.Result result = copy.updateRef(Constants.HEAD).link(ref);
        switch (result) {
            case NEW, FORCED, NO_CHANGE -> {}
            default -> throw Failures.refUpdate(Constants.HEAD, result);
        }
    }
}
