package dev.pilot.testkit.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.repo.MergeResult;
import dev.pilot.api.repo.RepoSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The copy and its remote. */
abstract class SyncContract extends RepositoryScene {
    @Test
    void firstSyncClones() {
        String head = remote.run("rev-parse", "HEAD");
        assertThat(vcs.sync(location())).isEqualTo(new RepoSnapshot("main", head, true));
        assertThat(copy().run("rev-parse", "refs/heads/main", "refs/remotes/origin/main"))
                .isEqualTo(head + "\n" + head);
        assertThat(copy().run("rev-parse", "--is-bare-repository")).isEqualTo("true");
        assertSound(copy());
    }

    @Test
    void nothingNewChangesNothing() {
        RepoSnapshot first = vcs.sync(location());
        assertThat(vcs.sync(location())).isEqualTo(new RepoSnapshot("main", first.headCommit(), false));
    }

    @Test
    void theTargetFollowsTheRemote() throws IOException {
        vcs.sync(location());
        String next = commit(remote, "next.txt", "next\n");
        assertThat(vcs.sync(location())).isEqualTo(new RepoSnapshot("main", next, true));
    }

    @Test
    void branchesAndTagsComeAndGo() throws IOException {
        remote.run("branch", "feature/one");
        remote.run("tag", "-a", "v1", "-m", "One");
        vcs.sync(location());
        assertThat(copy().run("for-each-ref", "--format=%(refname)", "refs/remotes/origin", "refs/tags"))
                .isEqualTo("refs/remotes/origin/feature/one\nrefs/remotes/origin/main\nrefs/tags/v1");

        remote.run("branch", "-D", "feature/one");
        remote.run("branch", "feature");
        remote.run("tag", "-d", "v1");
        assertThat(vcs.sync(location()).changed()).isTrue();
        assertThat(copy().run("for-each-ref", "--format=%(refname)", "refs/remotes/origin", "refs/tags"))
                .isEqualTo("refs/remotes/origin/feature\nrefs/remotes/origin/main");
    }

    @Test
    void whatTheHubHasOfItsOwnIsNeverOverwritten() throws IOException {
        vcs.sync(location());
        String mine = work("one", "mine.txt", "mine\n");
        assertThat(merge(mine)).isInstanceOf(MergeResult.Merged.class);
        String theirs = commit(remote, "theirs.txt", "theirs\n");

        RepoSnapshot snapshot = vcs.sync(location());

        assertThat(snapshot).isEqualTo(new RepoSnapshot("main", mine, true));
        assertThat(copy().run("rev-parse", "refs/heads/main", "refs/remotes/origin/main"))
                .isEqualTo(mine + "\n" + theirs);
    }

    @Test
    void aRewrittenRemoteLeavesTheTargetAlone() throws IOException {
        commit(remote, "old.txt", "old\n");
        String old = vcs.sync(location()).headCommit();
        remote.run("commit", "-q", "--amend", "-m", "Another past");

        assertThat(vcs.sync(location()).headCommit()).isEqualTo(old);
        assertThat(copy().run("rev-parse", "refs/remotes/origin/main")).isEqualTo(remote.run("rev-parse", "HEAD"));
    }

    @Test
    void theHubsBranchesSurviveASyncThatPrunes() throws IOException {
        vcs.sync(location());
        String published = work("one", "a.txt", "a\n");
        vcs.sync(location());
        assertThat(copy().run("rev-parse", "refs/heads/pilot/one")).isEqualTo(published);
    }

    @Test
    void aConfiguredBranchIsTheTarget() throws IOException {
        remote.run("checkout", "-q", "-b", "develop");
        String develop = commit(remote, "develop.txt", "develop\n");
        remote.run("checkout", "-q", "main");
        assertThat(vcs.sync(location("develop"))).isEqualTo(new RepoSnapshot("develop", develop, true));
    }

    @Test
    void anUnknownConfiguredBranchIsRefusedByName() {
        assertThatThrownBy(() -> vcs.sync(location("trunk")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("trunk")
                .hasMessageContaining("main");
        assertThat(copyDirectory()).doesNotExist();
        assertThat(vcs.sync(location()).defaultBranch()).isEqualTo("main");
    }

    @Test
    void anEmptyRemoteHasNoHeadUntilItsFirstCommit() throws IOException {
        remote = repository("empty");
        assertThat(vcs.sync(location())).isEqualTo(new RepoSnapshot("main", null, false));
        assertThat(vcs.sync(location()).changed()).isFalse();
        String first = commit(remote, "first.txt", "first\n");
        assertThat(vcs.sync(location())).isEqualTo(new RepoSnapshot("main", first, true));
    }

    @Test
    void aDetachedRemoteHeadStandsForTheBranchAtItsCommit() throws IOException {
        remote.run("branch", "aside");
        String head = commit(remote, "more.txt", "more\n");
        remote.run("checkout", "-q", "--detach");
        assertThat(vcs.sync(location())).isEqualTo(new RepoSnapshot("main", head, true));
    }

    @Test
    void aRenamedMainBranchIsFollowed() throws IOException {
        remote.run("branch", "-m", "main", "master");
        vcs.sync(location());
        remote.run("branch", "-m", "master", "trunk");
        String head = commit(remote, "trunk.txt", "trunk\n");
        assertThat(vcs.sync(location())).isEqualTo(new RepoSnapshot("trunk", head, true));
    }

    @Test
    void aForeignDirectoryIsNotTouched() throws IOException {
        write(copyDirectory(), "precious.txt", "precious");
        assertThatThrownBy(() -> vcs.sync(location())).isInstanceOf(NotAllowed.class);
        assertThat(copyDirectory().resolve("precious.txt")).hasContent("precious");
    }

    @Test
    void leftoversOfAKilledProcessAreInNobodysWay() throws IOException {
        vcs.sync(location());
        remote.run("tag", "v2");
        String next = commit(remote, "next.txt", "next\n");
        // As if the process that held the copy had been another one, which was killed in the middle of all this.
        Files.deleteIfExists(copyDirectory().resolveSibling(".copy.lock"));
        for (String lock : List.of(
                "refs/heads/main.lock",
                "refs/remotes/origin/main.lock",
                "packed-refs.lock",
                "HEAD.lock",
                "config.lock")) {
            write(copyDirectory(), lock, "");
        }
        write(copyDirectory(), "objects/incoming_1.pack", "PACK");

        assertThat(vcs.sync(location())).isEqualTo(new RepoSnapshot("main", next, true));
        assertThat(copyDirectory().resolve("objects/incoming_1.pack")).doesNotExist();
        assertSound(copy());
    }

    @Test
    void aHalfMadeCloneIsRemovedByTheNext() throws IOException {
        write(copyDirectory().resolveSibling(".copy.new-dead"), "objects/half.pack", "PACK");
        vcs.sync(location());
        assertThat(names(copyDirectory().getParent())).noneMatch(name -> name.contains(".new-"));
    }

    @Test
    void manySyncsAtOnceAreAllRight() throws Exception {
        Callable<RepoSnapshot> sync = () -> vcs.sync(location());
        String head = remote.run("rev-parse", "HEAD");
        List<RepoSnapshot> all = Together.call(List.of(sync, sync, sync, sync, sync, sync, sync, sync));
        assertThat(all).extracting(RepoSnapshot::headCommit).containsOnly(head);
        assertThat(all).filteredOn(RepoSnapshot::changed).hasSize(1);
        assertSound(copy());
    }

    @Test
    void aDeletedBranchIsGoneAndDeletingItAgainIsFine() throws IOException {
        vcs.sync(location());
        work("one", "a.txt", "a\n");
        vcs.deleteBranch(location(), "pilot/one");
        vcs.deleteBranch(location(), "pilot/one");
        assertThat(copy().run("for-each-ref", "refs/heads/pilot")).isEmpty();
    }

    @Test
    void theTargetBranchCannotBeDeleted() {
        vcs.sync(location());
        assertThatThrownBy(() -> vcs.deleteBranch(location(), "main")).isInstanceOf(NotAllowed.class);
    }
}
