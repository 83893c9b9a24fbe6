package dev.pilot.vcs.git;

import dev.pilot.api.repo.Workspace;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/** Brings the branch of a workspace into the copy. What the agent made is checked on the way, as a server checks a push. */
final class WorkspacePublication {
    private WorkspacePublication() {}

    /** Where the copy of a workspace lies, under its one name. */
    static Path copyOf(Workspace workspace) throws IOException {
        return workspace.repo().directory().toRealPath();
    }

    static @Nullable String publish(Workspace workspace) throws IOException {
        String ref = BranchName.ref(workspace.branch(), "branch");
        try (DirectoryLock lock = DirectoryLock.take(workspace.directory());
                CopyLock copyLock = CopyLock.take(workspace.repo().directory());
                Repository copy = Copy.open(copyLock.directory());
                Repository repository = WorkspaceRepository.reopen(workspace, lock.directory(), copyLock.directory())) {
            BranchName.refuseDefault(copy, workspace.repo().defaultBranch(), workspace.branch());
            ObjectId tip = WorkspaceRepository.commit(repository, ref);
            if (tip == null) {
                return null;
            }
            if (!tip.equals(Copy.branch(copy, ref))) {
                fetch(copy, repository, lock.directory(), ref);
            }
            return tip.name();
        }
    }

    private static void fetch(Repository copy, Repository workspace, Path directory, String ref) throws IOException {
        try (Transport transport =
                Transport.open(copy, new URIish(workspace.getDirectory().getPath()))) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setObjectChecker(new ObjectChecker());
            transport.setCheckFetchedObjects(true);
            transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec("+" + ref + ":" + ref)));
        } catch (TransportException | NotSupportedException | URISyntaxException e) {
            throw Failures.brokenWorkspace(directory, "its commits can't be read: " + e.getMessage());
        }
    }
}
