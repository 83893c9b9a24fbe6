package dev.pilot.testkit.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.repo.MergeResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be a remote, and what happens where it can't be read. */
abstract class RemoteContract extends RepositoryScene {
    @Test
    void aFileUrlIsRead() {
        String url = "file://" + remote.directory();
        assertThat(vcs.sync(location(url, null)).headCommit()).isEqualTo(remote.run("rev-parse", "HEAD"));
    }

    @Test
    void aBareRepositoryIsRead() {
        Path bare = temp.resolve("bare.git");
        remote.run("clone", "-q", "--bare", ".", bare.toString());
        assertThat(vcs.sync(location(bare.toString(), null)).headCommit()).isEqualTo(remote.run("rev-parse", "HEAD"));
    }

    @Test
    void aLinkedWorkingTreeIsRead() throws IOException {
        Path linked = temp.resolve("linked tree");
        remote.run("worktree", "add", "-q", "-b", "linked", linked.toString());
        String head = commit(new GitCommand(linked), "linked.txt", "linked\n");
        assertThat(vcs.sync(location(linked.toString(), "linked")).headCommit()).isEqualTo(head);
    }

    @Test
    void aShallowCloneIsRead() throws IOException {
        commit(remote, "two.txt", "two\n");
        String head = commit(remote, "three.txt", "three\n");
        Path shallow = temp.resolve("shallow");
        remote.run("clone", "-q", "--depth", "1", "file://" + remote.directory(), shallow.toString());
        remote = new GitCommand(shallow);
        assertThat(vcs.sync(location()).headCommit()).isEqualTo(head);
        assertSound(copy());
        String one = work("one", "a.txt", "a\n");
        String two = work("two", "b.txt", "b\n");
        merge(one);
        assertThat(merge(two).kind()).isEqualTo(MergeResult.Kind.MERGED);
        assertThat(vcs.sync(location()).changed()).isFalse();
        assertSound(copy());
    }

    @Test
    void theRemoteIsOnlyRead() throws IOException {
        String before = remote.run("for-each-ref");
        vcs.sync(location());
        String commit = work("one", "a.txt", "a\n");
        merge(commit);
        vcs.sync(location());
        assertThat(remote.run("for-each-ref")).isEqualTo(before);
        assertThat(remote.run("status", "--porcelain")).isEmpty();
    }

    @Test
    void aPathThatIsNotThereIsUnreachable() {
        assertUnreachable(temp.resolve("nowhere").toString());
        assertThat(copyDirectory()).doesNotExist();
    }

    @Test
    void aDirectoryThatIsNoRepositoryIsUnreachable() throws IOException {
        assertUnreachable(Files.createDirectory(temp.resolve("plain")).toString());
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws IOException {
        assertUnreachable("http://127.0.0.1:" + freePort() + "/repo.git");
    }

    @Test
    void aFailedFetchLeavesTheCopyUsable() throws IOException {
        vcs.sync(location());
        Path moved = temp.resolve("moved");
        Files.move(remote.directory(), moved);
        assertUnreachable(remote.directory().toString());
        Files.move(moved, remote.directory());
        assertThat(vcs.sync(location()).changed()).isFalse();
    }

    @Test
    void noCredentialIsInTheError() throws IOException {
        String url = "http://octo-user:hunter2-pass@127.0.0.1:" + freePort() + "/repo.git?token=query-secret";
        assertThatThrownBy(() -> vcs.sync(location(url, null))).satisfies(thrown -> {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString())
                    .contains("127.0.0.1")
                    .doesNotContain("octo-user", "hunter2-pass", "query-secret");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ext::sh -c touch% /tmp/pwned",
                "--upload-pack=touch /tmp/pwned",
                "-u",
                "",
                "  ",
                "relative/path",
                "../up",
                "ftp://example.org/repo",
                "https://",
                "https://exa mple.org\n/x",
                "git://host\r\nother/repo",
                "javascript:alert(1)",
            })
    void whatIsNoSafeRemoteIsRefused(String url) {
        assertThatThrownBy(() -> vcs.sync(location(url, null)))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused ->
                                assertThat(refused.fields()).extracting("field").containsExactly("remoteUrl"));
        assertThat(copyDirectory()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh://git@example.org/repo.git", "git@example.org:owner/repo.git", "git+ssh://h/r"})
    void sshIsRefusedByName(String url) {
        assertThatThrownBy(() -> vcs.sync(location(url, null)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("ssh");
    }

    private void assertUnreachable(String url) {
        assertThatThrownBy(() -> vcs.sync(location(url, null)))
                .isInstanceOf(Unavailable.class)
                .extracting(thrown -> ((PilotException) thrown).code())
                .isEqualTo("repository-unreachable");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
