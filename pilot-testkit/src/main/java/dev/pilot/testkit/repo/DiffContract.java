package dev.pilot.testkit.repo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.repo.ChangeKind;
import dev.pilot.api.repo.Diff;
import dev.pilot.api.repo.FileChange;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Differences between commits. */
abstract class DiffContract extends RepositoryScene {
    private static String lines(int count) {
        return IntStream.range(0, count).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    private Diff diff(String base, String head) {
        return vcs.diff(location(), base, head);
    }

    @Test
    void eachKindOfChangeIsCounted() throws IOException {
        write(remote.directory(), "moved.txt", lines(30));
        write(remote.directory(), "gone.txt", "gone\n");
        String base = commit(remote, "edited.txt", "one\ntwo\nthree\n");
        write(remote.directory(), "edited.txt", "one\nTWO\nthree\nfour\n");
        Files.move(remote.directory().resolve("moved.txt"), remote.directory().resolve("renamed.txt"));
        Files.delete(remote.directory().resolve("gone.txt"));
        Files.write(remote.directory().resolve("data.bin"), new byte[] {0, 1, 2, 0});
        String head = commit(remote, "fresh.txt", "a\nb\n");
        vcs.sync(location());

        Diff diff = diff(base, head);

        assertThat(diff.files())
                .containsExactlyInAnyOrder(
                        new FileChange("data.bin", null, ChangeKind.ADDED, 0, 0, true),
                        new FileChange("edited.txt", null, ChangeKind.MODIFIED, 2, 1, false),
                        new FileChange("fresh.txt", null, ChangeKind.ADDED, 2, 0, false),
                        new FileChange("gone.txt", null, ChangeKind.DELETED, 0, 1, false),
                        new FileChange("renamed.txt", "moved.txt", ChangeKind.RENAMED, 0, 0, false));
        assertThat(diff.lines()).isEqualTo(6);
        assertThat(new String(diff.unified(), UTF_8))
                .contains("diff --git a/edited.txt b/edited.txt\n")
                .contains("--- a/edited.txt\n+++ b/edited.txt\n@@ -1,3 +1,4 @@\n one\n-two\n+TWO\n three\n+four\n")
                .contains("rename from moved.txt\nrename to renamed.txt\n")
                .contains("Binary files differ\n")
                .contains("deleted file mode 100644");
    }

    @Test
    void gitCanApplyIt() throws IOException {
        String base = commit(remote, "edited.txt", lines(200));
        write(
                remote.directory(),
                "edited.txt",
                lines(200).replace("line 100\n", "changed\n") + "no newline at the end");
        write(remote.directory(), "sub dir/ümlaut \"q\".txt", "new\n");
        String head = commit(remote, "README.md", "");
        vcs.sync(location());
        byte[] patch = diff(base, head).unified();
        remote.run("checkout", "-q", "--detach", base);
        remote.run(patch, "apply", "--index", "-");
        assertThat(remote.run("write-tree")).isEqualTo(remote.run("rev-parse", head + "^{tree}"));
    }

    @Test
    void withoutABaseEverythingIsNew() throws IOException {
        String head = commit(remote, "a.txt", "a\n");
        vcs.sync(location());
        assertThat(vcs.diff(location(), null, head).files())
                .containsExactly(
                        new FileChange("README.md", null, ChangeKind.ADDED, 1, 0, false),
                        new FileChange("a.txt", null, ChangeKind.ADDED, 1, 0, false));
    }

    @Test
    void theSameCommitHasNoDifference() {
        String head = vcs.sync(location()).headCommit();
        Diff diff = diff(head, head);
        assertThat(diff.unified()).isEmpty();
        assertThat(diff.files()).isEmpty();
    }

    @Test
    void aHugeFileCountsAsBinary() throws IOException {
        String base = vcs.sync(location()).headCommit();
        String head = commit(remote, "huge.txt", "0123456789abcde\n".repeat(400_000));
        vcs.sync(location());
        Diff diff = diff(base, head);
        assertThat(diff.files()).containsExactly(new FileChange("huge.txt", null, ChangeKind.ADDED, 0, 0, true));
        assertThat(diff.unified().length).isLessThan(1_000);
    }

    @Test
    void aLongDiffIsCutAtAFilesEndAndSaysSo() throws IOException {
        String base = vcs.sync(location()).headCommit();
        for (int i = 0; i < 8; i++) {
            write(remote.directory(), "part" + i + ".txt", ("part " + i + " of something long\n").repeat(150_000));
        }
        String head = commit(remote, "zzz.txt", "last\n");
        vcs.sync(location());
        Diff diff = diff(base, head);
        String text = new String(diff.unified(), UTF_8);
        assertThat(diff.files()).hasSize(9);
        assertThat(diff.lines()).isEqualTo(8 * 150_000 + 1);
        assertThat(text.length()).isLessThan(16 << 20);
        assertThat(text.substring(text.length() - 200)).contains("not shown");
        remote.run("checkout", "-q", "--detach", base);
        remote.run(diff.unified(), "apply", "-");
        assertThat(remote.directory().resolve("part0.txt")).exists();
        assertThat(remote.directory().resolve("zzz.txt")).doesNotExist();
    }

    @Test
    void aCommitThatIsNotThereIsRefused() {
        String head = vcs.sync(location()).headCommit();
        assertThatThrownBy(() -> diff(head, "0123456789012345678901234567890123456789"))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> diff("HEAD@{1}", head)).isInstanceOf(InvalidInput.class);
    }
}
