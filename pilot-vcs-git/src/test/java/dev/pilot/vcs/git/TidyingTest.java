package dev.pilot.vcs.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.repo.OpenWorkspace;
import dev.pilot.api.repo.RepoLocation;
import dev.pilot.api.repo.Workspace;
import dev.pilot.testkit.repo.GitCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every fetch leaves a pack; they must not pile up, and workspaces that read them must not notice. */
class TidyingTest {
    private static final int FETCHES = 55;

    @TempDir
    Path temp;

    @Test
    void manyFetchesAreTidiedUpUnderAnOpenWorkspace() throws IOException {
        GitCommand.assumeInstalled();
        GitCommand remote = new GitCommand(temp.resolve("remote"));
        remote.run("init", "-q", "-b", "main");
        remote.run("config", "user.name", "A");
        remote.run("config", "user.email", "a@example.org");
        remote.run("commit", "-q", "--allow-empty", "-m", "First");
        GitVcsSync vcs = new GitVcsSync(GitVcsConfig.DEFAULT);
        RepoLocation location = new RepoLocation(remote.directory().toString(), temp.resolve("copy"), null);
        vcs.sync(location);
        Workspace workspace =
                vcs.open(new OpenWorkspace(location, temp.resolve("work"), "pilot/one", null, "A", "a@example.org"));
        for (int i = 0; i < FETCHES; i++) {
            remote.run("commit", "-q", "--allow-empty", "-m", "Number " + i);
            vcs.sync(location);
        }

        try (Stream<Path> packs = Files.list(temp.resolve("copy/objects/pack"))) {
            assertThat(packs.filter(path -> path.toString().endsWith(".pack")).count())
                    .isLessThan(FETCHES);
        }
        Files.writeString(workspace.directory().resolve("a.txt"), "a\n");
        assertThat(vcs.commit(workspace, "Work")).isEqualTo(vcs.publish(workspace));
        assertThat(new GitCommand(workspace.directory()).run("fsck", "--no-dangling"))
                .isEmpty();
        assertThat(new GitCommand(temp.resolve("copy")).run("fsck", "--no-dangling"))
                .isEmpty();
    }
}
