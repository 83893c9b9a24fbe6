package dev.pilot.vcs.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.repo.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * The repository of a workspace: a directory {@code .git} of its own, whose objects are its own or the copy's.
 *
 * <p>The agent can write all of it, and a git configuration can name commands to run and other repositories to read. So before
 * this process reads a workspace, what decides that is written afresh; what the agent changed there doesn't count.
 */
final class WorkspaceRepository {
    private WorkspaceRepository() {}

    /** Lays out the files of a repository without commits, on the workspace's branch. */
    static void lay(Workspace workspace, Path directory, Path copy) throws IOException {
        Path git = directory.resolve(Constants.DOT_GIT);
        for (String each : new String[] {"objects/info", "objects/pack", "refs/heads", "refs/tags", "info", "hooks"}) {
            Files.createDirectories(git.resolve(each));
        }
        replace(git, Constants.HEAD, "ref: " + Constants.R_HEADS + workspace.branch() + "\n");
        writeOurFiles(workspace, git, copy);
    }

    /**
     * Opens what an agent had in its hands.
     *
     * @throws dev.pilot.api.error.NotAllowed with code {@code workspace-broken} if there is no repository left
     */
    static Repository reopen(Workspace workspace, Path directory, Path copy) throws IOException {
        Path git = directory.resolve(Constants.DOT_GIT);
        for (Path each : new Path[] {directory, git, git.resolve("objects"), git.resolve("refs")}) {
            if (!Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                throw Failures.brokenWorkspace(directory, each + " is gone or no directory.");
            }
        }
        if (!Files.isRegularFile(git.resolve(Constants.HEAD), LinkOption.NOFOLLOW_LINKS)) {
            throw Failures.brokenWorkspace(directory, ".git/HEAD is gone or no file.");
        }
        refuseLinks(directory, git.resolve("objects"));
        writeOurFiles(workspace, git, copy);
        // What would point JGit elsewhere, and what killed git commands left: no agent is at work any more.
        Files.deleteIfExists(git.resolve("commondir"));
        Files.deleteIfExists(git.resolve("config.worktree"));
        deleteLocks(git, 1);
        deleteLocks(git.resolve("refs"), Integer.MAX_VALUE);
        return open(directory);
    }

    /**
     * The commit that a ref of a workspace names, or null where it names none.
     *
     * @throws dev.pilot.api.error.NotAllowed with code {@code workspace-broken} if it is unreadable or names what isn't there
     */
    static @Nullable ObjectId commit(Repository repository, String ref) {
        try (RevWalk walk = new RevWalk(repository)) {
            ObjectId id = Copy.branch(repository, ref);
            return id == null ? null : walk.parseCommit(id).copy();
        } catch (IOException e) {
            // The cause would repeat the file's content, which may be a link's target.
            throw Failures.brokenWorkspace(
                    repository.getWorkTree().toPath(),
                    ref + " in it is unreadable or names a commit that isn't there.");
        }
    }

    /** Puts a branch into HEAD, whatever an agent may have written there. */
    static void pointHead(Repository repository, String ref) throws IOException {
        replace(repository.getDirectory().toPath(), Constants.HEAD, "ref: " + ref + "\n");
    }

    static Repository open(Path directory) throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(directory.resolve(Constants.DOT_GIT).toFile())
                .setWorkTree(directory.toFile())
                .setMustExist(true)
                .build();
    }

    private static void writeOurFiles(Workspace workspace, Path git, Path copy) throws IOException {
        replace(git, "config", config(workspace).toText());
        Path info = git.resolve("objects/info");
        if (!Files.isDirectory(info, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(info);
            Files.createDirectory(info);
        }
        replace(info, "alternates", copy.resolve("objects") + "\n");
        Path ends = copy.resolve(Constants.SHALLOW);
        if (Files.exists(ends)) {
            replace(git, Constants.SHALLOW, Files.readString(ends));
        } else {
            Files.deleteIfExists(git.resolve(Constants.SHALLOW));
        }
    }

    /** By renaming, so that a link that lies there is replaced and not followed. */
    private static void replace(Path directory, String name, String text) throws IOException {
        Path written = Files.createTempFile(directory, name, null);
        Files.writeString(written, text, UTF_8);
        Files.move(written, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Config config(Workspace workspace) {
        Config config = new Config();
        config.setInt("core", null, "repositoryFormatVersion", 0);
        config.setBoolean("core", null, "bare", false);
        config.setBoolean("core", null, "fileMode", FS.DETECTED.supportsExecute());
        config.setBoolean("core", null, "symlinks", FS.DETECTED.supportsSymlinks());
        config.setBoolean("core", null, "logAllRefUpdates", true);
        config.setBoolean("core", null, "autocrlf", false);
        config.setBoolean("core", null, "fsmonitor", false);
        config.setString("core", null, "hooksPath", "/dev/null");
        config.setString("core", null, "excludesFile", "/dev/null"); // what is ignored is the repository's to say
        config.setString("core", null, "attributesFile", "/dev/null");
        config.setBoolean("commit", null, "gpgSign", false);
        config.setBoolean("tag", null, "gpgSign", false);
        config.setInt("gc", null, "auto", 0); // nothing that goes on when the agent has ended
        config.setBoolean("maintenance", null, "auto", false);
        config.setBoolean("submodule", null, "recurse", false);
        config.setString("user", null, "name", workspace.authorName());
        config.setString("user", null, "email", workspace.authorEmail());
        return config;
    }

    /** Objects behind a link could be those of a repository that the agent must not read. */
    private static void refuseLinks(Path directory, Path objects) throws IOException {
        try (Stream<Path> links = Files.find(objects, 2, (path, attributes) -> attributes.isSymbolicLink())) {
            Optional<Path> link = links.findFirst();
            if (link.isPresent()) {
                throw Failures.brokenWorkspace(directory, link.get() + " is a symbolic link.");
            }
        }
    }

    private static void deleteLocks(Path root, int depth) throws IOException {
        try (Stream<Path> files = Files.find(
                root, depth, (path, attributes) -> path.toString().endsWith(".lock") && !attributes.isDirectory())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.deleteIfExists(file);
            }
        }
    }
}
