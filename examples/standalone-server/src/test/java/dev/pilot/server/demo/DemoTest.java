package dev.pilot.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.server.Called;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    private Path repo;

    private ObjectId commit;

    @BeforeEach
    void commitAReadme() throws Exception {
        Files.writeString(repo.resolve("README.md"), "# Apollo\n\n## Goal\n\n## Crew\n\n## Way home\n");
        try (Git git =
                Git.init().setDirectory(repo.toFile()).setInitialBranch("main").call()) {
            git.add().addFilepattern(".").call();
            commit = git.commit()
                    .setMessage("Begin")
                    .setAuthor("A", "a@example.org")
                    .setSign(false)
                    .call();
        }
    }

    @Test
    void theBundledAgentsChangePassesItsGateAndIsMergedIntoTheHubsOwnCopy() throws Exception {
        Called demo = Called.pilot("demo", "--repo", repo.toString());
        assertThat(demo.out())
                .contains("start ✔ approved by you", "RUNNING → GATES", "✔ check passed", "+- [Way home](#way-home)")
                .containsSubsequence(
                        "PROPOSED → QUEUED", "QUEUED → RUNNING", "GATES → REVIEW", "REVIEW → SUCCEEDED", "merged as");
        assertThat(demo.code()).isZero();
        try (Git git = Git.open(repo.toFile())) {
            assertThat(git.getRepository().resolve("main")).isEqualTo(commit);
            assertThat(git.status().call().isClean()).isTrue();
        }
        Path data = Path.of(demo.out()
                .lines()
                .filter(line -> line.contains("data        "))
                .findFirst()
                .orElseThrow()
                .strip()
                .split("\\s+")[1]);
        assertThat(data).doesNotExist();
    }

    @Test
    void aFailingAgentIsAFailedRunWithItsReason() {
        Called demo = Called.pilot("demo", "--repo", repo.toString(), "--agent", "echo no idea; exit 3");
        assertThat(demo.code()).isEqualTo(1);
        assertThat(demo.out()).contains("no idea", "RUNNING → FAILED", "exit-code");
    }

    @Test
    void aFailingGateIsAFailedRunWithItsOutput() {
        Called demo = Called.pilot(
                "demo", "--repo", repo.toString(), "--agent", "cat > goal.txt", "--test", "echo tests are red; exit 1");
        assertThat(demo.code()).isEqualTo(1);
        assertThat(demo.out()).contains("✘ check failed", "tests are red", "GATES → FAILED", "gate-failed");
    }

    @Test
    void theBundledGateFindsWhatIsWrongWithAChange() {
        Called demo = Called.pilot(
                "demo", "--repo", repo.toString(), "--agent", "printf 'trailing \\n<<<<<<< here\\n' > new.txt");
        assertThat(demo.code()).isEqualTo(1);
        assertThat(demo.out()).contains("new.txt:1: blanks at the end", "new.txt:2: a conflict marker");
    }

    @Test
    void whatIsNoRepositoryIsRefusedWithAHint() {
        Called demo = Called.pilot("demo", "--repo", repo.resolve("nowhere").toString());
        assertThat(demo.code()).isEqualTo(1);
        assertThat(demo.err()).contains("no git repository", "--repo");
    }

    @Test
    void programsGetLinesOfJson() {
        Called demo = Called.pilot("demo", "--json", "--repo", repo.toString(), "--agent", "cat > goal.txt");
        assertThat(demo.code()).isZero();
        assertThat(demo.out().lines()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        assertThat(demo.out()).contains("\"state\":\"SUCCEEDED\"");
    }
}
