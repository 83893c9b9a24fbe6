package dev.pilot.vcs.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.testkit.repo.GitCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 4, in a JVM whose user has a configuration that would spoil everything. */
class IsolationTest {
    @TempDir
    Path temp;

    @Test
    void theHomeDirectoryIsNeitherReadNorWrittenAndTheHostKeepsItsReader() throws Exception {
        GitCommand.assumeInstalled();
        GitCommand remote = new GitCommand(temp.resolve("remote"));
        remote.run("init", "-q", "-b", "main");
        Files.writeString(remote.directory().resolve("a.txt"), "one\ntwo\n");
        remote.run("add", "--all");
        remote.run("-c", "user.name=R", "-c", "user.email=r@example.org", "commit", "-q", "-m", "First");
        Path home = home();
        Map<String, String> before = everythingIn(home);
        Path data = Files.createDirectory(temp.resolve("data"));
        Files.writeString(data.resolve("host.config"), "[user]\n\tname = Host\n");

        Process probe = VcsProbe.start(
                Map.of(
                        "HOME", home.toString(),
                        "XDG_CONFIG_HOME", home.resolve(".config").toString(),
                        "GIT_DIR", home.resolve("elsewhere").toString(),
                        "GIT_CONFIG_GLOBAL", home.resolve(".gitconfig").toString()),
                List.of("-Duser.home=" + home, "-Djava.util.prefs.userRoot=" + home),
                remote.directory(),
                data);
        String output = new String(probe.getInputStream().readAllBytes(), UTF_8);

        assertThat(probe.waitFor()).as(output).isZero();
        // The host's reader is asked once, at the end, by the host itself.
        assertThat(output.lines()
                        .filter(line -> line.startsWith(VcsProbe.MARK))
                        .map(line -> line.substring(VcsProbe.MARK.length())))
                .containsExactly(
                        "sync",
                        "open",
                        "commit",
                        "publish",
                        "merge",
                        "close",
                        "done",
                        "asked the host for the user's configuration",
                        "host Host");
        assertThat(everythingIn(home)).isEqualTo(before);
        GitCommand copy = new GitCommand(data.resolve("copy"));
        assertThat(copy.run("show", "--format=%an", "--name-only", "main")).isEqualTo("Probe\n\nprobe.txt");
        try (Stream<Path> entries = Files.list(data)) {
            assertThat(entries.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("copy", ".copy.lock", "host.config");
        }
        assertThat(copy.directory().toFile().list()).noneMatch(name -> name.startsWith(".probe"));
    }

    private Path home() throws IOException {
        Path home = temp.resolve("home");
        Files.createDirectories(home.resolve(".config/git"));
        Files.createDirectories(home.resolve(".config/jgit"));
        Files.writeString(home.resolve(".gitconfig"), "[[[ no configuration\n");
        Files.writeString(home.resolve(".config/git/config"), "[[[ no configuration\n");
        Files.writeString(home.resolve(".config/jgit/config"), "[[[ no configuration\n");
        Files.writeString(home.resolve(".config/git/ignore"), "*\n");
        Files.writeString(home.resolve(".config/git/attributes"), "* text eol=crlf\n");
        return home;
    }

    private static Map<String, String> everythingIn(Path directory) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                found.put(
                        directory.relativize(path).toString(),
                        Files.getLastModifiedTime(path) + " "
                                + (Files.isRegularFile(path) ? Files.readString(path) : ""));
            }
        }
        return found;
    }
}
