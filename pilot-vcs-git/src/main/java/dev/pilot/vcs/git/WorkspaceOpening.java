package dev.pilot.vcs.git;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.repo.OpenWorkspace;
import dev.pilot.api.repo.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * Makes a workspace: built beside its place and then renamed, so it is whole or not there. It knows the copy's default branch as
 * {@code origin/<name>} and the copy's tags, but no remote, so that nothing can be pushed by accident. Submodules stay empty
 * directories.
 */
final class WorkspaceOpening {
    private WorkspaceOpening() {}

    static Workspace open(OpenWorkspace request) throws IOException {
        BranchName.ref(request.branch(), "branch");
        Path copyDirectory = request.repo().directory().toAbsolutePath().normalize();
        if (request.directory().toAbsolutePath().normalize().startsWith(copyDirectory)) {
            throw InvalidInput.of("directory", "must not lie inside the hub's copy " + copyDirectory);
        }
        try (DirectoryLock lock = DirectoryLock.take(request.directory())) {
            Path directory = lock.directory();
            if (!DirectoryTree.isEmptyOrAbsent(directory)) {
                throw new NotAllowed(
                        "workspace-exists",
                        "The directory " + directory + " is not empty: choose another, or close it first.");
            }
            Siblings.sweep(directory);
            try (Repository copy = Copy.open(copyDirectory)) {
                BranchName.refuseDefault(copy, request.repo().defaultBranch(), request.branch());
                ObjectId base = base(copy, request);
                Workspace workspace = new Workspace(
                        request.repo(),
                        request.directory(),
                        request.branch(),
                        base == null ? null : base.name(),
                        request.authorName(),
                        request.authorEmail());
                build(workspace, directory, copy, base);
                return workspace;
            }
        }
    }

    private static @Nullable ObjectId base(Repository copy, OpenWorkspace request) throws IOException {
        if (request.base() != null) {
            return Copy.commit(copy, request.base(), "base");
        }
        String branch = request.repo().defaultBranch() == null
                ? copy.getBranch()
                : request.repo().defaultBranch();
        return Copy.branch(copy, Constants.R_HEADS + branch);
    }

    private static void build(Workspace workspace, Path directory, Repository copy, @Nullable ObjectId base)
            throws IOException {
        Path building = Siblings.create(directory);
        try {
            WorkspaceRepository.lay(
                    workspace, building, copy.getDirectory().toPath().toRealPath());
            writeRefs(building.resolve(Constants.DOT_GIT), workspace, copy, base);
            if (base != null) {
                checkOut(building, base);
            }
            Siblings.moveInto(building, directory);
        } finally {
            DirectoryTree.delete(building);
        }
    }

    /** In one file, as git itself keeps many refs; a file each would take longer than the checkout. */
    private static void writeRefs(Path git, Workspace workspace, Repository copy, @Nullable ObjectId base)
            throws IOException {
        TreeMap<String, ObjectId> refs = new TreeMap<>();
        String main = copy.getBranch();
        ObjectId tip = Copy.branch(copy, Constants.R_HEADS + main);
        if (tip != null) {
            refs.put(BranchName.REMOTE + main, tip);
        }
        for (Ref tag : copy.getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
            refs.put(tag.getName(), tag.getObjectId());
        }
        StringBuilder packed = new StringBuilder("# pack-refs with: sorted \n");
        refs.forEach(
                (name, id) -> packed.append(id.name()).append(' ').append(name).append('\n'));
        Files.writeString(git.resolve(Constants.PACKED_REFS), packed);
        if (base != null) {
            Path branch = git.resolve(Constants.R_HEADS + workspace.branch());
            Files.createDirectories(branch.getParent());
            Files.writeString(branch, base.name() + "\n");
        }
    }

    private static void checkOut(Path directory, ObjectId base) throws IOException {
        try (Repository repository = WorkspaceRepository.open(directory);
                RevWalk walk = new RevWalk(repository)) {
            FreshCheckout.write(repository, directory, walk.parseCommit(base).getTree());
        }
    }
}
