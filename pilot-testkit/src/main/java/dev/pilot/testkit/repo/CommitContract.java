package dev.pilot.testkit.repo;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.repo.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an agent leaves in a workspace, and how it becomes a commit. */
abstract class CommitContract extends RepositoryScene {
    Workspace workspace;
    GitCommand agent;

    @BeforeEach
    void openAWorkspace() throws IOException {
        write(remote.directory(), ".gitignore", "*.log\ntarget/\n");
        write(remote.directory(), "old.txt", "old\n");
        commit(remote, "kept.txt", "kept\n");
        vcs.sync(location());
        workspace = open("one");
        agent = git(workspace);
    }

    @Test
    void nothingDoneIsNoCommit() {
        assertThat(vcs.commit(workspace, "Nothing")).isNull();
        assertThat(vcs.publish(workspace)).isEqualTo(workspace.baseCommit());
    }

    @Test
    void everythingButTheIgnoredIsCommitted() throws IOException {
        write(agent.directory(), "new.txt", "new\n");
        write(agent.directory(), "kept.txt", "changed\n");
        write(agent.directory(), "target/out.bin", "built");
        write(agent.directory(), "debug.log", "noise");
        Files.delete(agent.directory().resolve("old.txt"));

        String commit = vcs.commit(workspace, "The agent's work");

        assertThat(agent.run("show", "--format=%H %an <%ae> %s", "--name-status", "--no-renames"))
                .isEqualTo(commit + " Agent A <a@example.org> The agent's work\n\nM\tkept.txt\nA\tnew.txt\nD\told.txt");
        assertThat(agent.run("status", "--porcelain")).isEmpty();
        assertThat(agent.run("rev-parse", "HEAD^")).isEqualTo(workspace.baseCommit());
        assertSound(agent);
    }

    @Test
    void committingAgainChangesNothing() throws IOException {
        write(agent.directory(), "new.txt", "new\n");
        String commit = vcs.commit(workspace, "Once");
        assertThat(vcs.commit(workspace, "Twice")).isEqualTo(commit);
        assertThat(vcs.publish(workspace)).isEqualTo(commit);
        assertThat(vcs.publish(workspace)).isEqualTo(commit);
    }

    @Test
    void theAgentsOwnCommitsCount() throws IOException {
        String own = commit(agent, "own.txt", "own\n");
        assertThat(vcs.commit(workspace, "Rest")).isEqualTo(own);
        write(agent.directory(), "rest.txt", "rest\n");
        String rest = vcs.commit(workspace, "Rest");
        assertThat(agent.run("rev-parse", rest + "^")).isEqualTo(own);
    }

    @Test
    void anIgnoredFileThatIsTrackedIsCommitted() throws IOException {
        write(agent.directory(), "debug.log", "one\n");
        agent.run("add", "-f", "debug.log");
        assertThat(vcs.commit(workspace, "Log")).isNotNull();
        write(agent.directory(), "debug.log", "two, longer\n");
        String commit = vcs.commit(workspace, "Log again");
        assertThat(agent.run("show", commit + ":debug.log")).isEqualTo("two, longer");
    }

    @Test
    void hostileNamesAreKeptAsTheyAre() throws IOException {
        List<String> names = List.of(
                "with space",
                "qu\"ote",
                "tick'",
                "umlaut-ä-日本",
                "-rf",
                "$(touch x)",
                "a\\b",
                "new\nline",
                "#hash",
                ":colon");
        for (String name : names) {
            write(agent.directory(), "odd/" + name, name);
        }
        String commit = vcs.commit(workspace, "Odd names");
        assertThat(agent.run("ls-tree", "-z", "--name-only", commit, "odd/").split("\0"))
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().map(name -> "odd/" + name).toList());
        assertThat(vcs.publish(workspace)).isEqualTo(commit);
        assertThat(vcs.diff(location(), workspace.baseCommit(), commit).files())
                .extracting("path")
                .containsAll(names.stream().map(name -> "odd/" + name).toList());
    }

    @Test
    void modesAndLinksAreCommitted() throws IOException {
        Path tree = agent.directory();
        assumeTrue(
                Files.getFileStore(tree).supportsFileAttributeView("posix"),
                "executable bits need a POSIX file system");
        write(tree, "run.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(tree.resolve("run.sh"), fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(tree.resolve("kept.txt"), fromString("rwxr-xr-x"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("/etc/passwd"));
        Files.delete(tree.resolve("old.txt"));
        Files.createSymbolicLink(tree.resolve("old.txt"), Path.of("kept.txt"));
        String commit = vcs.commit(workspace, "Modes");
        assertThat(agent.run("ls-tree", "--format=%(objectmode) %(path)", commit))
                .contains("100755 run.sh", "100755 kept.txt", "120000 link", "120000 old.txt");
        assertThat(agent.run("cat-file", "-p", commit + ":link")).isEqualTo("/etc/passwd");
    }

    @Test
    void aFileMayBecomeADirectoryAndBack() throws IOException {
        Files.delete(agent.directory().resolve("old.txt"));
        write(agent.directory(), "old.txt/inside.txt", "inside\n");
        String there = vcs.commit(workspace, "There");
        assertThat(agent.run("ls-tree", "-r", "--name-only", there)).contains("old.txt/inside.txt");
        Files.delete(agent.directory().resolve("old.txt/inside.txt"));
        Files.delete(agent.directory().resolve("old.txt"));
        write(agent.directory(), "old.txt", "old\n");
        String back = vcs.commit(workspace, "Back");
        assertThat(agent.run("diff", "--stat", workspace.baseCommit(), back)).isEmpty();
    }

    @Test
    void bigAndBinaryFilesSurvive() throws IOException {
        byte[] big = new byte[6 << 20];
        new Random(7).nextBytes(big);
        Files.write(agent.directory().resolve("big.bin"), big);
        String commit = vcs.commit(workspace, "Big");
        assertThat(vcs.publish(workspace)).isEqualTo(commit);
        assertThat(copy().run("cat-file", "-s", commit + ":big.bin")).isEqualTo(String.valueOf(big.length));
        assertSound(copy());
    }

    @Test
    void aRepositoryInsideIsTakenAsFiles() throws IOException {
        GitCommand inner = repository("work/one/vendor/inner");
        commit(inner, "inner.txt", "inner\n");
        agent.run("-c", "advice.addEmbeddedRepo=false", "add", "--all");
        String commit = vcs.commit(workspace, "Vendored");
        assertThat(agent.run("ls-tree", "-r", "--name-only", commit))
                .contains("vendor/inner/inner.txt")
                .doesNotContain(".git/");
    }

    @Test
    void aFileMarkedUnchangedIsLookedAt() throws IOException {
        agent.run("update-index", "--assume-unchanged", "kept.txt");
        write(agent.directory(), "kept.txt", "changed after all\n");
        String commit = vcs.commit(workspace, "Changed");
        assertThat(agent.run("show", commit + ":kept.txt")).isEqualTo("changed after all");
    }

    @Test
    void locksThatAreLeftBehindDontMatter() throws IOException {
        write(agent.directory(), ".git/index.lock", "");
        write(agent.directory(), ".git/HEAD.lock", "");
        write(agent.directory(), ".git/refs/heads/pilot/one.lock", "");
        write(agent.directory(), "new.txt", "new\n");
        assertThat(vcs.commit(workspace, "New")).isNotNull();
    }

    @Test
    void aBrokenIndexDoesntMatter() throws IOException {
        write(agent.directory(), ".git/index", "garbage");
        write(agent.directory(), "new.txt", "new\n");
        String commit = vcs.commit(workspace, "New");
        assertThat(agent.run("diff", "--name-only", workspace.baseCommit(), commit))
                .isEqualTo("new.txt");
    }

    @Test
    void workOnADetachedHeadReachesTheBranch() throws IOException {
        agent.run("checkout", "-q", "--detach");
        String own = commit(agent, "own.txt", "own\n");
        write(agent.directory(), "rest.txt", "rest\n");
        String commit = vcs.commit(workspace, "Rest");
        assertThat(agent.run("rev-parse", commit + "^", "refs/heads/pilot/one", "HEAD"))
                .isEqualTo(own + "\n" + commit + "\n" + commit);
    }

    @Test
    void workOnAnotherBranchReachesTheBranch() throws IOException {
        agent.run("checkout", "-q", "-b", "my-idea");
        String own = commit(agent, "own.txt", "own\n");
        assertThat(vcs.commit(workspace, "Rest")).isEqualTo(own);
        assertThat(vcs.publish(workspace)).isEqualTo(own);
        assertThat(copy().run("for-each-ref", "--format=%(refname)", "refs/heads"))
                .isEqualTo("refs/heads/main\nrefs/heads/pilot/one");
    }

    @Test
    void lookingAtAnOlderCommitLosesNothing() throws IOException {
        String own = commit(agent, "own.txt", "own\n");
        agent.run("checkout", "-q", "--detach", workspace.baseCommit());
        assertThat(vcs.commit(workspace, "Rest")).isEqualTo(own);
        assertThat(vcs.commit(workspace, "Rest again")).isEqualTo(own);
        assertThat(vcs.publish(workspace)).isEqualTo(own);
    }

    @Test
    void workThatWouldLoseTheBranchsCommitsIsRefused() throws IOException {
        String own = commit(agent, "own.txt", "own\n");
        agent.run("checkout", "-q", "--detach", workspace.baseCommit());
        write(agent.directory(), "aside.txt", "aside\n");
        assertBroken(() -> vcs.commit(workspace, "Aside"));
        assertThat(agent.run("rev-parse", "refs/heads/pilot/one")).isEqualTo(own);
    }

    @Test
    void anAmendedCommitIsTheBranchs() throws IOException {
        commit(agent, "own.txt", "own\n");
        agent.run("commit", "-q", "--amend", "-m", "Better said");
        String amended = agent.run("rev-parse", "HEAD");
        assertThat(vcs.commit(workspace, "Rest")).isEqualTo(amended);
    }

    @Test
    void aMergeThatNobodyResolvedIsRefused() throws IOException {
        agent.run("checkout", "-q", "-b", "other");
        commit(agent, "kept.txt", "theirs\n");
        agent.run("checkout", "-q", "pilot/one");
        commit(agent, "kept.txt", "ours\n");
        assertThatThrownBy(() -> agent.run("merge", "other")).isInstanceOf(AssertionError.class);
        assertBroken(() -> vcs.commit(workspace, "Half a merge"));

        write(agent.directory(), "kept.txt", "both\n");
        agent.run("add", "kept.txt");
        String merged = vcs.commit(workspace, "Resolved");
        assertThat(agent.run("rev-list", "--parents", "-1", merged).split(" ")).hasSize(3);
        assertThat(agent.run("status")).doesNotContain("merging");
    }

    @Test
    void aRepositoryThatIsGoneIsRefused() throws IOException {
        agent.run("init", "-q", "--separate-git-dir", temp.resolve("elsewhere").toString());
        assertBroken(() -> vcs.commit(workspace, "Elsewhere"));
        Files.delete(agent.directory().resolve(".git"));
        assertBroken(() -> vcs.commit(workspace, "Gone"));
        assertBroken(() -> vcs.publish(workspace));
        vcs.close(workspace);
        assertBroken(() -> vcs.commit(workspace, "Closed"));
    }

    @Test
    void aHeadThatIsNoneCountsAsTheBranch() throws IOException {
        String own = commit(agent, "own.txt", "own\n");
        write(agent.directory(), ".git/HEAD", "no ref at all, but a text that is longer than an id\n");
        write(agent.directory(), "rest.txt", "rest\n");
        String rest = vcs.commit(workspace, "Rest");
        assertThat(agent.run("rev-parse", "HEAD", "HEAD^")).isEqualTo(rest + "\n" + own);
    }

    @Test
    void refsThatNameMissingCommitsAreRefused() throws IOException {
        write(agent.directory(), ".git/HEAD", "0123456789012345678901234567890123456789\n");
        assertBroken(() -> vcs.commit(workspace, "Nowhere"));
        write(agent.directory(), ".git/refs/heads/pilot/one", "0123456789012345678901234567890123456789\n");
        assertBroken(() -> vcs.publish(workspace));
    }

    @Test
    void aHistoryOfItsOwnIsRefused() throws IOException {
        agent.run("checkout", "-q", "--orphan", "fresh");
        agent.run("commit", "-q", "-m", "From nothing");
        agent.run("branch", "-D", "pilot/one");
        assertBroken(() -> vcs.commit(workspace, "Fresh"));
    }

    @Test
    void whatTheAgentConfiguresIsNotRun() throws IOException {
        Path proof = temp.resolve("proof");
        String touch = "touch " + proof;
        for (String hook :
                List.of("pre-commit", "commit-msg", "post-commit", "reference-transaction", "post-index-change")) {
            Path file = agent.directory().resolve(".git/hooks").resolve(hook);
            write(file.getParent(), hook, "#!/bin/sh\n" + touch + "\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        agent.run("config", "core.hooksPath", ".git/hooks");
        agent.run("config", "core.fsmonitor", touch);
        agent.run("config", "filter.evil.clean", touch);
        agent.run("config", "uploadpack.packObjectsHook", touch);
        Files.deleteIfExists(proof);
        write(agent.directory(), ".gitattributes", "* filter=evil\n");
        write(agent.directory(), "new.txt", "new\n");

        String commit = vcs.commit(workspace, "New");

        assertThat(vcs.publish(workspace)).isEqualTo(commit);
        assertThat(proof).doesNotExist();
        assertThat(copy().run("cat-file", "-p", commit + ":new.txt")).isEqualTo("new");
    }

    @Test
    void objectsOfAnotherRepositoryCannotBeBroughtIn() throws IOException {
        GitCommand secret = repository("secret");
        String hidden = commit(secret, "secret.txt", "secret\n");
        write(
                agent.directory(),
                ".git/objects/info/alternates",
                secret.directory().resolve(".git/objects") + "\n");
        write(agent.directory(), ".git/refs/heads/pilot/one", hidden + "\n");
        assertBroken(() -> vcs.publish(workspace));
        Path folder = agent.directory().resolve(".git/objects").resolve(hidden.substring(0, 2));
        Files.createSymbolicLink(
                folder, secret.directory().resolve(".git/objects").resolve(hidden.substring(0, 2)));
        assertBroken(() -> vcs.publish(workspace));
        assertThatThrownBy(() -> copy().run("cat-file", "-e", hidden)).isInstanceOf(AssertionError.class);
    }

    @Test
    void publishingReplacesWhatWasThere() throws IOException {
        String first = commit(agent, "own.txt", "own\n");
        assertThat(vcs.publish(workspace)).isEqualTo(first);
        agent.run("commit", "-q", "--amend", "-m", "Another");
        String second = vcs.publish(workspace);
        assertThat(second).isNotEqualTo(first);
        assertThat(copy().run("rev-parse", "refs/heads/pilot/one")).isEqualTo(second);
    }

    @Test
    void inAnEmptyRepositoryTheFirstCommitHasNoParent() throws IOException {
        remote = repository("empty");
        copyName = "empty-copy";
        vcs.sync(location());
        Workspace first = open("first");
        assertThat(vcs.commit(first, "Nothing")).isNull();
        assertThat(vcs.publish(first)).isNull();
        write(first.directory(), "first.txt", "first\n");
        String commit = vcs.commit(first, "First");
        assertThat(git(first).run("rev-list", commit)).isEqualTo(commit);
        assertThat(vcs.publish(first)).isEqualTo(commit);
    }

    private static void assertBroken(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(NotAllowed.class)
                .extracting(thrown -> ((PilotException) thrown).code())
                .isEqualTo("workspace-broken");
    }
}
