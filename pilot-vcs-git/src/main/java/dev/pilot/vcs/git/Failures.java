package dev.pilot.vcs.git;

import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unavailable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.RefUpdate;
import org.jspecify.annotations.Nullable;

/** Turns what JGit and the file system throw into Pilot's errors. */
final class Failures {
    private static final long FULL = 1 << 20;

    private Failures() {}

    static Unavailable io(IOException cause) {
        String detail = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (cause instanceof FileSystemException file && file.getFile() != null && isFull(Path.of(file.getFile()))) {
            return diskFull(Path.of(file.getFile()), cause);
        }
        return new Unavailable("repository-io", "A repository's files can't be read or written: " + detail, cause);
    }

    /** A remote that can't be read; a full disk shows as a broken connection, so that is looked at first. */
    static Unavailable unreachable(RemoteUrl url, Path directory, Exception cause) {
        if (isFull(directory)) {
            return diskFull(directory, cause);
        }
        return new Unavailable(
                "repository-unreachable",
                "The repository " + url + " can't be read: " + url.redact(reason(cause)),
                url.holdsCredential() ? null : cause);
    }

    /** What the agent left can't be made into a commit. */
    static NotAllowed brokenWorkspace(Path directory, String problem) {
        return new NotAllowed("workspace-broken", "The workspace " + directory + " can't be used: " + problem);
    }

    static PilotException brokenBundle(Path directory, Exception cause) {
        return isFull(directory) ? diskFull(directory, cause) : brokenBundle(reason(cause));
    }

    static NotAllowed brokenBundle(String why) {
        return new NotAllowed("bundle-broken", "The bundle can't be taken: " + why + ".");
    }

    static NotAllowed directoryTaken(Path directory) {
        return new NotAllowed(
                "copy-directory-taken",
                "The directory " + directory + " holds something that is no copy of a repository: move it away.");
    }

    static Unavailable refUpdate(String ref, RefUpdate.Result result) {
        return new Unavailable(
                "repository-busy",
                "The branch " + ref + " of the hub's copy can't be updated (" + result
                        + "): something else changes the copy. Try again.",
                null);
    }

    private static Unavailable diskFull(Path path, @Nullable Exception cause) {
        return new Unavailable(
                "disk-full", "The disk that holds " + path + " is full: make room and try again.", cause);
    }

    private static boolean isFull(Path path) {
        for (Path at = path.toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at)) {
                try {
                    return Files.getFileStore(at).getUsableSpace() < FULL;
                } catch (IOException e) {
                    return false; // the first failure is the one to report
                }
            }
        }
        return false;
    }

    private static String reason(Exception cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
