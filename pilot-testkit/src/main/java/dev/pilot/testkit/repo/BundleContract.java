package dev.pilot.testkit.repo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.repo.OpenWorkspace;
import dev.pilot.api.repo.RepoLocation;
import dev.pilot.api.repo.RepoSnapshot;
import dev.pilot.api.repo.Workspace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies that have nothing in common but bundles. */
abstract class BundleContract extends RepositoryScene {
    @BeforeEach
    void syncOnce() {
        vcs.sync(location());
    }

    /** Somebody else's copy; the remote is out of its reach. */
    private RepoLocation elsewhere() {
        return new RepoLocation("https://unreachable.invalid/repository", temp.resolve("elsewhere/copy"), "main");
    }

    private GitCommand other() {
        return new GitCommand(elsewhere().directory());
    }

    private byte[] bundle(RepoLocation location, @Nullable String branch, String... without) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        vcs.bundle(location, branch, List.of(without), bytes);
        return bytes.toByteArray();
    }

    private RepoSnapshot unbundle(byte[] bundle) {
        return vcs.unbundle(elsewhere(), new ByteArrayInputStream(bundle));
    }

    private String receive(String branch, byte[] bundle) {
        return vcs.receive(location("main"), branch, new ByteArrayInputStream(bundle));
    }

    private String head() {
        return copy().run("rev-parse", "refs/heads/main");
    }

    /** What an agent does elsewhere. */
    private Workspace workElsewhere(String name) throws IOException {
        Workspace workspace = vcs.open(new OpenWorkspace(
                elsewhere(), temp.resolve("elsewhere/" + name), "pilot/" + name, null, "Agent", "a@example.org"));
        write(workspace.directory(), name + ".txt", "by " + name + "\n");
        vcs.commit(workspace, "Work of " + name);
        vcs.publish(workspace);
        return workspace;
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        NotAllowed.class,
                        refusal -> assertThat(refusal.code())
                                .as(refusal.getMessage())
                                .isEqualTo(code));
    }

    @Test
    void aBundleMakesACopyWithItsDefaultBranchAndTags() throws IOException {
        commit(remote, "a.txt", "a\n");
        remote.run("tag", "v1");
        remote.run("tag", "-a", "-m", "Second", "v2");
        remote.run("branch", "not-for-others");
        vcs.sync(location());
        work("mine", "mine.txt", "mine\n");

        RepoSnapshot snapshot = unbundle(bundle(location(), null));

        assertThat(snapshot).isEqualTo(new RepoSnapshot("main", head(), true));
        assertThat(other().run("for-each-ref", "--format=%(refname)").lines())
                .containsExactly("refs/heads/main", "refs/tags/v1", "refs/tags/v2");
        assertThat(other().run("rev-parse", "v2")).isEqualTo(copy().run("rev-parse", "v2"));
        assertThat(other().run("symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
        assertSound(other());
    }

    @Test
    void gitCanReadIt() throws IOException {
        Path file = Files.write(temp.resolve("base.bundle"), bundle(location(), null));

        assertThat(copy().run("bundle", "verify", "-q", file.toString())).isEmpty();
        assertThat(copy().run("bundle", "list-heads", file.toString())).isEqualTo(head() + " refs/heads/main");
    }

    @Test
    void whatTheReceiverHasIsLeftOut() throws IOException {
        byte[] random = new byte[100_000];
        new Random(1).nextBytes(random);
        Files.write(remote.directory().resolve("random.bin"), random);
        commit(remote, "small.txt", "1\n");
        vcs.sync(location());
        byte[] first = bundle(location(), null);
        unbundle(first);
        String next = commit(remote, "small.txt", "2\n");
        vcs.sync(location());

        byte[] second = bundle(location(), null, vcs.tips(elsewhere()).toArray(String[]::new));

        assertThat(first.length).isGreaterThan(100_000);
        assertThat(second.length).isLessThan(5_000);
        assertThat(unbundle(second)).isEqualTo(new RepoSnapshot("main", next, true));
        assertSound(other());
    }

    @Test
    void nothingNewIsABundleThatChangesNothing() {
        unbundle(bundle(location(), null));

        byte[] nothing = bundle(location(), null, head());

        assertThat(unbundle(nothing)).isEqualTo(new RepoSnapshot("main", head(), false));
        assertSound(other());
    }

    @Test
    void commitsThatNobodyKnowsHereCountForNothing() {
        assertThat(bundle(location(), null, "0123456789012345678901234567890123456789", "no commit", "main"))
                .isEqualTo(bundle(location(), null));
    }

    @Test
    void aRewrittenBranchIsFollowed() throws IOException {
        unbundle(bundle(location(), null));
        String theirs = other().run("rev-parse", "main");
        remote.run("commit", "-q", "--amend", "-m", "Rewritten");
        RepoLocation again = new RepoLocation(remote.directory().toString(), temp.resolve("hub/again"), "main");
        vcs.sync(again);

        RepoSnapshot snapshot = unbundle(bundle(again, null, theirs));

        assertThat(snapshot.headCommit()).isEqualTo(remote.run("rev-parse", "HEAD"));
        assertSound(other());
    }

    @Test
    void aRepositoryWithoutCommitsIsABundleOfNothing() throws IOException {
        GitCommand empty = repository("empty");
        RepoLocation location = location(empty.directory().toString(), "main");
        copyName = "empty-copy";
        vcs.sync(location(empty.directory().toString(), "main"));
        byte[] nothing = bundle(location(location.remoteUrl(), "main"), null);

        assertThat(nothing).isEmpty();
        assertThat(unbundle(nothing)).isEqualTo(new RepoSnapshot("main", null, false));

        Workspace workspace = workElsewhere("first");
        byte[] back = bundle(elsewhere(), "pilot/first");
        String received =
                vcs.receive(location(location.remoteUrl(), "main"), "pilot/first", new ByteArrayInputStream(back));
        assertThat(received).isEqualTo(git(workspace).run("rev-parse", "HEAD"));
    }

    @Test
    void workComesBackAndCanBeMerged() throws IOException {
        unbundle(bundle(location(), null));
        Workspace workspace = workElsewhere("one");

        byte[] back = bundle(elsewhere(), "pilot/one", Objects.requireNonNull(workspace.baseCommit()));
        String commit = receive("pilot/one", back);

        assertThat(back.length).isLessThan(2_000);
        assertThat(commit).isEqualTo(other().run("rev-parse", "pilot/one"));
        assertThat(copy().run("rev-parse", "pilot/one")).isEqualTo(commit);
        merge(commit);
        assertThat(head()).isEqualTo(commit);
        assertThat(copy().run("show", "main:one.txt")).isEqualTo("by one");
        assertSound(copy());
    }

    @Test
    void receivedAgainItReplacesWhatWasThere() throws IOException {
        unbundle(bundle(location(), null));
        Workspace workspace = workElsewhere("one");
        String first = receive("pilot/one", bundle(elsewhere(), "pilot/one"));
        git(workspace).run("commit", "-q", "--amend", "-m", "Better");
        vcs.publish(workspace);

        byte[] better = bundle(elsewhere(), "pilot/one");

        assertThat(receive("pilot/one", better)).isNotEqualTo(first);
        assertThat(receive("pilot/one", better)).isEqualTo(copy().run("rev-parse", "pilot/one"));
    }

    @Test
    void onlyTheBranchThatIsAskedForIsTaken() throws IOException {
        unbundle(bundle(location(), null));
        workElsewhere("one");
        String before = head();
        Path file = temp.resolve("all.bundle");
        other().run("update-ref", "refs/heads/main", "refs/heads/pilot/one");
        other().run("tag", "evil", "main");
        other().run("bundle", "create", "-q", file.toString(), "--all");

        receive("pilot/one", Files.readAllBytes(file));

        assertThat(head()).isEqualTo(before);
        assertThat(copy().run("tag", "--list")).isEmpty();
        refused("bundle-broken", () -> receive("pilot/two", Files.readAllBytes(file)));
    }

    @Test
    void theDefaultBranchIsNotTaken() {
        unbundle(bundle(location(), null));
        byte[] main = bundle(elsewhere(), "main");

        assertThatThrownBy(() -> receive("main", main)).isInstanceOf(PilotException.class);
    }

    @Test
    void aBundleThatBuildsOnWhatIsNotThereIsRefusedAndLeavesNothing() throws IOException {
        String base = head();
        commit(remote, "more.txt", "more\n");
        vcs.sync(location());
        byte[] more = bundle(location(), null, base);

        refused("bundle-incomplete", () -> unbundle(more));

        assertThat(elsewhere().directory()).doesNotExist();
        assertThat(vcs.tips(elsewhere())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "flipped", "text", "empty"})
    void whatIsNoBundleIsRefusedAndLeavesNothing(String how) throws IOException {
        unbundle(bundle(location(), null));
        workElsewhere("one");
        byte[] good = bundle(elsewhere(), "pilot/one");
        byte[] bad = switch (how) {
            case "cut" -> Arrays.copyOf(good, good.length - 30);
            case "flipped" -> flip(good);
            case "text" -> "# v2 git bundle\nnonsense\n".getBytes(UTF_8);
            default -> new byte[0];
        };

        refused("bundle-broken", () -> receive("pilot/one", bad));

        assertThat(copy().run("branch", "--list", "pilot/*")).isEmpty();
        assertSound(copy());
        assertThat(receive("pilot/one", good)).isNotEmpty();
    }

    private static byte[] flip(byte[] good) {
        byte[] bad = good.clone();
        bad[bad.length - 25] ^= 0x55;
        return bad;
    }

    @Test
    void aTreeThatWouldWriteIntoDotGitIsRefused() throws IOException {
        GitCommand evil = repository("evil");
        commit(evil, "a.txt", "a\n");
        String blob = evil.run("rev-parse", "HEAD:a.txt");
        String tree = evil.run(
                "hash-object", "--literally", "-w", "-t", "tree", treeFile(blob).toString());
        String commit = evil.run("commit-tree", "-m", "evil", tree);
        evil.run("update-ref", "refs/heads/pilot/evil", commit);
        Path file = temp.resolve("evil.bundle");
        evil.run("bundle", "create", "-q", file.toString(), "pilot/evil");

        refused("bundle-broken", () -> receive("pilot/evil", Files.readAllBytes(file)));
        assertThat(copy().run("branch", "--list", "pilot/*")).isEmpty();
    }

    /** A tree object with an entry called .git, as git itself would never write one. */
    private Path treeFile(String blob) throws IOException {
        ByteArrayOutputStream tree = new ByteArrayOutputStream();
        tree.writeBytes("100644 .git\0".getBytes(UTF_8));
        tree.writeBytes(HexFormat.of().parseHex(blob));
        return Files.write(temp.resolve("tree"), tree.toByteArray());
    }

    @Test
    void aBranchThatIsNotThereCantBeBundled() {
        assertThatThrownBy(() -> bundle(location(), "pilot/nobody")).isInstanceOf(InvalidInput.class);
    }

    @Test
    void aCutOffHistoryCantBeBundled() throws IOException {
        commit(remote, "a.txt", "a\n");
        GitCommand shallow = new GitCommand(temp.resolve("shallow"));
        remote.run(
                "clone",
                "-q",
                "--depth=1",
                "file://" + remote.directory(),
                shallow.directory().toString());
        copyName = "shallow-copy";
        RepoLocation location = location(shallow.directory().toString(), "main");
        vcs.sync(location);

        refused("repository-shallow", () -> bundle(location, null));
    }

    @Test
    void aDirectoryThatHoldsSomethingElseIsLeftAlone() throws IOException {
        write(elsewhere().directory(), "diary.txt", "dear diary");

        refused("copy-directory-taken", () -> unbundle(bundle(location(), null)));

        assertThat(names(elsewhere().directory())).containsExactly("diary.txt");
    }

    @Test
    void tipsStartWithTheDefaultBranch() throws IOException {
        remote.run("tag", "v1");
        commit(remote, "a.txt", "a\n");
        vcs.sync(location());

        assertThat(vcs.tips(location())).first().isEqualTo(head());
        assertThat(vcs.tips(location())).contains(copy().run("rev-parse", "v1"));
        assertThat(vcs.tips(elsewhere())).isEmpty();
    }
}
