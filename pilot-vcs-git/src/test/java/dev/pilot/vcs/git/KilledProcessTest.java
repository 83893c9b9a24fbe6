package dev.pilot.vcs.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.repo.RepoLocation;
import dev.pilot.testkit.repo.GitCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise 2, with a process that is killed for real as it begins a step. */
class KilledProcessTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"sync", "open", "commit", "publish", "merge", "close"})
    void whateverWasCutShortCanBeDoneAgain(String step) throws Exception {
        GitCommand.assumeInstalled();
        Path remote = manyFiles();
        Path data = Files.createDirectory(temp.resolve("data"));
        Process probe = VcsProbe.start(Map.of(), List.of(), remote, data);
        try (BufferedReader output = probe.inputReader()) {
            assertThat(output.lines().anyMatch((VcsProbe.MARK + step)::equals)).isTrue();
        }
        probe.destroyForcibly();
        assertThat(probe.waitFor(10, TimeUnit.SECONDS)).isTrue();
        Path work = data.resolve("work");
        RepoLocation location = new RepoLocation(remote.toString(), data.resolve("copy"), null);
        GitVcsSync vcs = new GitVcsSync(GitVcsConfig.DEFAULT);
        if (Files.exists(work)) {
            assertThat(work.resolve("probe-of-wholeness/199.txt")).exists();
            vcs.close(new dev.pilot.api.repo.Workspace(location, work, "pilot/probe", null, "Probe", "p@example.org"));
        }

        String commit = VcsProbe.run(vcs, location, work, done -> {});

        GitCommand copy = new GitCommand(data.resolve("copy"));
        if (commit != null) { // else the killed one had merged it already
            copy.run("merge-base", "--is-ancestor", commit, "main");
        }
        assertThat(copy.run("show", "main:probe.txt")).isEqualTo("probe");
        assertThat(copy.run("fsck", "--strict", "--no-dangling")).isEmpty();
        try (Stream<Path> entries = Files.list(data)) {
            assertThat(entries.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("copy", ".copy.lock");
        }
    }

    private Path manyFiles() throws IOException {
        GitCommand remote = new GitCommand(temp.resolve("remote"));
        remote.run("init", "-q", "-b", "main");
        Path directory = Files.createDirectory(remote.directory().resolve("probe-of-wholeness"));
        for (int i = 0; i < 200; i++) {
            Files.writeString(directory.resolve(i + ".txt"), "file " + i + "\n");
        }
        remote.run("add", "--all");
        remote.run("-c", "user.name=R", "-c", "user.email=r@example.org", "commit", "-q", "-m", "First");
        return remote.directory();
    }
}
