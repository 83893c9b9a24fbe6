package dev.pilot.testkit.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.repo.MergeResult;
import dev.pilot.api.repo.MergeResult.Conflict;
import dev.pilot.api.repo.MergeResult.Merged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Merging what was accepted. */
abstract class MergeContract extends RepositoryScene {
    @BeforeEach
    void syncOnce() throws IOException {
        commit(remote, "shared.txt", "one\ntwo\nthree\nfour\nfive\nsix\nseven\n");
        vcs.sync(location());
    }

    private String main() {
        return copy().run("rev-parse", "refs/heads/main");
    }

    @Test
    void aTargetThatStoodStillIsMovedForward() throws IOException {
        String commit = work("one", "a.txt", "a\n");
        assertThat(merge(commit)).isEqualTo(new Merged(commit, true, false));
        assertThat(main()).isEqualTo(commit);
    }

    @Test
    void aTargetThatMovedGetsAMergeCommit() throws IOException {
        String one = work("one", "shared.txt", "ONE\ntwo\nthree\nfour\nfive\nsix\nseven\n");
        String two = work("two", "shared.txt", "one\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n");
        merge(one);

        Merged merged = (Merged) merge(two);

        assertThat(merged.fastForward()).isFalse();
        assertThat(merged.already()).isFalse();
        assertThat(merged.commit()).isEqualTo(main());
        assertThat(copy().run("show", "--no-patch", "--format=%P|%an <%ae>|%cn|%s", "main"))
                .isEqualTo(one + " " + two + "|Mia <mia@example.org>|Mia|Merge the work");
        assertThat(copy().run("show", "main:shared.txt")).isEqualTo("ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN");
        assertSound(copy());
    }

    @Test
    void mergingAgainChangesNothing() throws IOException {
        String one = work("one", "a.txt", "a\n");
        String two = work("two", "b.txt", "b\n");
        merge(one);
        String merged = ((Merged) merge(two)).commit();
        assertThat(merge(two)).isEqualTo(new Merged(merged, false, true));
        assertThat(merge(one)).isEqualTo(new Merged(merged, false, true));
        assertThat(main()).isEqualTo(merged);
    }

    @Test
    void aFastForwardAgainIsStillOne() throws IOException {
        String one = work("one", "a.txt", "a\n");
        merge(one);
        assertThat(merge(one)).isEqualTo(new Merged(one, true, true));
    }

    @Test
    void aConflictNamesItsFilesAndLeavesTheTarget() throws IOException {
        String one = work("one", "shared.txt", "mine\n");
        String two = work("two", "shared.txt", "yours\n");
        merge(one);
        assertThat(merge(two)).isEqualTo(new Conflict(List.of("shared.txt")));
        assertThat(main()).isEqualTo(one);
        assertSound(copy());
    }

    @Test
    void aFileThatOneSideDeletedAndTheOtherChangedIsAConflict() throws IOException {
        var remover = open("remover");
        git(remover).run("rm", "-q", "shared.txt");
        String removed = vcs.commit(remover, "Remove");
        vcs.publish(remover);
        String changed = work("two", "shared.txt", "yours\n");
        merge(removed);
        assertThat(merge(changed)).isEqualTo(new Conflict(List.of("shared.txt")));
    }

    @Test
    void aMissingTargetIsNotFound() throws IOException {
        String one = work("one", "a.txt", "a\n");
        assertThatThrownBy(() -> merge(one, "release"))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("release");
    }

    @Test
    void aMissingCommitIsRefused() {
        assertThatThrownBy(() -> merge("0123456789012345678901234567890123456789"))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void theFirstWorkInAnEmptyRepositoryBecomesTheTarget() throws IOException {
        remote = repository("empty");
        copyName = "empty-copy";
        vcs.sync(location());
        String first = work("one", "first.txt", "first\n");
        assertThat(merge(first)).isEqualTo(new Merged(first, true, false));
        assertThat(main()).isEqualTo(first);
    }

    @Test
    void concurrentMergesAllLandOrSayWhyNot() throws Exception {
        List<Callable<MergeResult>> merges = new ArrayList<>();
        List<String> commits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String commit = work("w" + i, "file" + i + ".txt", "by " + i + "\n");
            commits.add(commit);
            merges.add(() -> merge(commit));
        }
        for (int i = 0; i < 2; i++) {
            String commit = work("c" + i, "shared.txt", "by " + i + "\n");
            merges.add(() -> merge(commit));
        }

        List<MergeResult> results = Together.call(merges);

        assertThat(results.subList(0, 6)).allMatch(result -> result.kind() == MergeResult.Kind.MERGED);
        assertThat(results.subList(6, 8))
                .extracting(MergeResult::kind)
                .containsExactlyInAnyOrder(MergeResult.Kind.MERGED, MergeResult.Kind.CONFLICT);
        for (String commit : commits) {
            copy().run("merge-base", "--is-ancestor", commit, "main");
        }
        assertThat(copy().run("ls-tree", "--name-only", "main")).contains("file0.txt", "file5.txt");
        assertSound(copy());
    }
}
