package dev.pilot.testkit.repo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.repo.MergeRequest;
import dev.pilot.api.repo.MergeResult;
import dev.pilot.api.repo.OpenWorkspace;
import dev.pilot.api.repo.RepoLocation;
import dev.pilot.api.repo.VcsSync;
import dev.pilot.api.repo.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A remote with one commit on {@code main}, and the places for the hub's copy and for workspaces. */
abstract class RepositoryScene {
    @TempDir
    Path temp;

    GitCommand remote;
    VcsSync vcs;
    String copyName = "copy";

    abstract VcsSync adapter();

    @BeforeEach
    void setTheScene() throws IOException {
        GitCommand.assumeInstalled();
        vcs = adapter();
        remote = RepositoryTemplate.ONE_COMMIT.copyTo(temp.resolve("remote"));
    }

    GitCommand repository(String name) throws IOException {
        return RepositoryTemplate.EMPTY.copyTo(temp.resolve(name));
    }

    /** Writes a file and commits everything; answers the commit. */
    static String commit(GitCommand git, String file, String content) throws IOException {
        write(git.directory(), file, content);
        git.run("add", "--all");
        git.run("commit", "-q", "-m", "Change " + file.replace('\n', ' '));
        return git.run("rev-parse", "HEAD");
    }

    static void write(Path directory, String file, String content) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    Path copyDirectory() {
        return temp.resolve("hub").resolve(copyName);
    }

    RepoLocation location() {
        return location(null);
    }

    RepoLocation location(@Nullable String branch) {
        return location(remote.directory().toString(), branch);
    }

    RepoLocation location(String url, @Nullable String branch) {
        return new RepoLocation(url, copyDirectory(), branch);
    }

    GitCommand copy() {
        return new GitCommand(copyDirectory());
    }

    OpenWorkspace request(String name) {
        return new OpenWorkspace(
                location(), temp.resolve("work").resolve(name), "pilot/" + name, null, "Agent A", "a@example.org");
    }

    Workspace open(String name) {
        return vcs.open(request(name));
    }

    static GitCommand git(Workspace workspace) {
        return new GitCommand(workspace.directory());
    }

    /** Lets an agent write a file in a workspace of its own, and publishes it; answers the commit. */
    String work(String name, String file, String content) throws IOException {
        Workspace workspace = open(name);
        write(workspace.directory(), file, content);
        String commit = vcs.commit(workspace, "Work of " + name);
        assertThat(commit).isNotNull();
        assertThat(vcs.publish(workspace)).isEqualTo(commit);
        return commit;
    }

    MergeResult merge(String commit) {
        return merge(commit, "main");
    }

    MergeResult merge(String commit, String target) {
        return vcs.merge(new MergeRequest(location(), commit, target, "Merge the work", "Mia", "mia@example.org"));
    }

    /** What git itself says about the copy's soundness. */
    void assertSound(GitCommand repository) {
        assertThat(repository.run("fsck", "--strict", "--no-dangling")).isEmpty();
    }

    static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
