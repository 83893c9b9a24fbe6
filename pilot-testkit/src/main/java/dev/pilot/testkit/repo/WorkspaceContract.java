package dev.pilot.testkit.repo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.repo.OpenWorkspace;
import dev.pilot.api.repo.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Opening and closing workspaces. */
abstract class WorkspaceContract extends RepositoryScene {
    @Test
    void aWorkspaceIsACheckoutOfItsOwn() {
        String head = vcs.sync(location()).headCommit();
        Workspace workspace = open("one");
        assertThat(workspace.baseCommit()).isEqualTo(head);
        assertThat(workspace.directory().resolve("README.md")).hasContent("hello\n");
        assertThat(git(workspace).run("rev-parse", "HEAD")).isEqualTo(head);
        assertThat(git(workspace).run("symbolic-ref", "HEAD")).isEqualTo("refs/heads/pilot/one");
        assertThat(git(workspace).run("status", "--porcelain")).isEmpty();
    }

    @Test
    void theGitCommandWorksInside() throws IOException {
        remote.run("tag", "v1");
        vcs.sync(location());
        GitCommand git = git(open("one"));
        write(git.directory(), "a.txt", "a\n");
        git.run("add", "a.txt");
        git.run("commit", "-q", "-m", "By the agent");
        write(git.directory(), "README.md", "changed\n");
        assertThat(git.run("status", "--porcelain")).isEqualTo(" M README.md");
        assertThat(git.run("log", "--format=%an <%ae> %s")).startsWith("Agent A <a@example.org> By the agent\n");
        assertThat(git.run("diff", "--stat", "origin/main", "HEAD")).contains("a.txt");
        assertThat(git.run("describe", "--tags")).startsWith("v1-1-");
        assertThat(git.run("stash")).contains("Saved");
        assertThat(git.run("remote")).isEmpty();
        assertSound(git);
    }

    @Test
    void objectsAreSharedWithTheCopy() throws IOException {
        write(remote.directory(), "big.bin", "x".repeat(1 << 20));
        commit(remote, "more.txt", "more\n");
        vcs.sync(location());
        Workspace workspace = open("one");
        assertThat(git(workspace).run("count-objects")).startsWith("0 objects");
        assertThat(names(workspace.directory().resolve(".git/objects/pack"))).isEmpty();
    }

    @Test
    void theBaseMayBeACommitOrABranch() throws IOException {
        String first = vcs.sync(location()).headCommit();
        remote.run("checkout", "-q", "-b", "aside");
        String aside = commit(remote, "aside.txt", "aside\n");
        vcs.sync(location("main"));
        assertThat(vcs.open(from("one", "aside")).baseCommit()).isEqualTo(aside);
        assertThat(vcs.open(from("two", first)).baseCommit()).isEqualTo(first);
        assertThatThrownBy(() -> vcs.open(from("three", "nowhere"))).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> vcs.open(from("five", "../../config"))).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> vcs.open(from("four", "0123456789012345678901234567890123456789")))
                .isInstanceOf(InvalidInput.class);
        assertThat(names(temp.resolve("work"))).containsExactly("one", "two");
    }

    @Test
    void anEmptyRepositoryHasAWorkspaceToo() throws IOException {
        remote = repository("empty");
        vcs.sync(location());
        Workspace workspace = open("one");
        assertThat(workspace.baseCommit()).isNull();
        assertThat(git(workspace).run("status", "--porcelain")).isEmpty();
    }

    @Test
    void modesLinksAndLineEndsAreKept() throws IOException {
        Path tree = remote.directory();
        assumeTrue(
                Files.getFileStore(tree).supportsFileAttributeView("posix"),
                "executable bits need a POSIX file system");
        write(tree, "crlf.txt", "one\r\ntwo\r\n");
        write(tree, "run.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(tree.resolve("run.sh"), fromString("rwxr-xr-x"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("../outside/target"));
        commit(remote, "more.txt", "more\n");
        vcs.sync(location());
        Workspace workspace = open("one");
        Path work = workspace.directory();
        assertThat(Files.readString(work.resolve("crlf.txt"))).isEqualTo("one\r\ntwo\r\n");
        assertThat(work.resolve("run.sh")).isExecutable();
        assertThat(work.resolve("more.txt")).isRegularFile();
        assertThat(Files.isExecutable(work.resolve("more.txt"))).isFalse();
        assertThat(Files.readSymbolicLink(work.resolve("link"))).isEqualTo(Path.of("../outside/target"));
        assertThat(git(workspace).run("status", "--porcelain")).isEmpty();
    }

    @Test
    void lineEndsAreAsTheRepositorysAttributesSay() throws IOException {
        write(remote.directory(), ".gitattributes", "*.bat text eol=crlf\n*.txt text=auto\n*.bin -text\n");
        write(remote.directory(), "run.bat", "one\ntwo\n");
        write(remote.directory(), "deep/er/plain.txt", "one\ntwo\n");
        commit(remote, "data.bin", "one\r\n\0two\n");
        vcs.sync(location());
        Workspace workspace = open("one");
        assertThat(Files.readString(workspace.directory().resolve("run.bat"))).isEqualTo("one\r\ntwo\r\n");
        assertThat(Files.readString(workspace.directory().resolve("deep/er/plain.txt")))
                .isEqualTo("one\ntwo\n");
        assertThat(Files.readString(workspace.directory().resolve("data.bin"))).isEqualTo("one\r\n\0two\n");
        assertThat(git(workspace).run("status", "--porcelain")).isEmpty();
        assertThat(vcs.commit(workspace, "Nothing")).isNull();
    }

    @Test
    void aSubmoduleIsLeftEmptyAndKept() throws IOException {
        GitCommand other = repository("other");
        commit(other, "other.txt", "other\n");
        remote.run(
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "--quiet",
                "add",
                other.directory().toString(),
                "sub");
        commit(remote, "more.txt", "more\n");
        vcs.sync(location());
        Workspace workspace = open("one");
        assertThat(workspace.directory().resolve("sub")).isEmptyDirectory();
        assertThat(vcs.commit(workspace, "Nothing")).isNull();
    }

    @Test
    void aDirectoryThatIsNotEmptyIsRefused() throws IOException {
        vcs.sync(location());
        write(temp.resolve("work/one"), "mine.txt", "mine");
        assertThatThrownBy(() -> open("one"))
                .isInstanceOf(NotAllowed.class)
                .extracting(thrown -> ((PilotException) thrown).code())
                .isEqualTo("workspace-exists");
        assertThat(names(temp.resolve("work/one"))).containsExactly("mine.txt");
    }

    @Test
    void anEmptyDirectoryIsTaken() throws IOException {
        vcs.sync(location());
        Files.createDirectories(temp.resolve("work/one"));
        assertThat(open("one").directory().resolve("README.md")).exists();
    }

    @Test
    void anOpeningThatWasKilledCanBeMadeAgain() throws IOException {
        vcs.sync(location());
        write(temp.resolve("work/.one.new-dead"), ".git/HEAD", "ref: refs/heads/pilot/one\n");
        open("one");
        assertThat(names(temp.resolve("work"))).containsExactly("one");
    }

    @Test
    void withoutACopyThereIsNoWorkspace() {
        assertThatThrownBy(() -> open("one")).isInstanceOf(NotAllowed.class).hasMessageContaining("sync");
    }

    @Test
    void aTreeThatWouldWriteIntoGitIsRefused() throws IOException {
        String blob = remote.run("#!/bin/sh\n".getBytes(UTF_8), "hash-object", "-w", "--stdin");
        String inner = tree("100755 config", blob);
        String commit = remote.run("commit-tree", "-m", "Hostile", "-p", "main", tree("40000 .git", inner));
        remote.run("update-ref", "refs/heads/main", commit);
        vcs.sync(location());
        assertThatThrownBy(() -> open("one")).isInstanceOf(PilotException.class);
        assertThat(temp.resolve("work/one")).doesNotExist();
    }

    /** Writes a tree with one entry, which the git command itself would refuse. */
    private String tree(String modeAndName, String id) throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        raw.write((modeAndName + "\0").getBytes(UTF_8));
        raw.write(HexFormat.of().parseHex(id));
        return remote.run(raw.toByteArray(), "hash-object", "-t", "tree", "-w", "--literally", "--stdin");
    }

    @Test
    void theTargetBranchIsNoWorkspacesOwn() {
        vcs.sync(location());
        OpenWorkspace onMain =
                new OpenWorkspace(location(), temp.resolve("work/one"), "main", null, "Agent A", "a@example.org");
        assertThatThrownBy(() -> vcs.open(onMain)).isInstanceOf(NotAllowed.class);
    }

    @Test
    void aNameThatGitRefusesIsRefused() {
        vcs.sync(location());
        for (String name : List.of("../../up", "a..b", "a b", "a~1", "-x", "a.lock", "", "a//b", "@{x")) {
            OpenWorkspace bad =
                    new OpenWorkspace(location(), temp.resolve("work/one"), name, null, "Agent A", "a@example.org");
            assertThatThrownBy(() -> vcs.open(bad)).as(name).isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void eightAtOnceDoNotMeet() throws Exception {
        vcs.sync(location());
        List<Callable<String>> agents = IntStream.range(0, 8)
                .mapToObj(i -> (Callable<String>) () -> work("w" + i, "file" + i + ".txt", "by " + i + "\n"))
                .toList();
        List<String> commits = Together.call(agents);
        assertThat(commits).doesNotHaveDuplicates();
        for (int i = 0; i < 8; i++) {
            assertThat(copy().run("rev-parse", "refs/heads/pilot/w" + i)).isEqualTo(commits.get(i));
            assertThat(copy().run("diff", "--name-only", "main", commits.get(i)))
                    .isEqualTo("file" + i + ".txt");
        }
        assertSound(copy());
    }

    @Test
    void closingDeletesWithoutFollowingLinks() throws IOException {
        vcs.sync(location());
        Path outside = temp.resolve("outside");
        write(outside, "precious.txt", "precious");
        Workspace workspace = open("one");
        Files.createSymbolicLink(workspace.directory().resolve("trap"), outside);
        write(workspace.directory(), "locked/file.txt", "x");
        assertThat(workspace.directory().resolve("locked/file.txt").toFile().setWritable(false))
                .isTrue();
        assertThat(workspace.directory().resolve("locked").toFile().setWritable(false))
                .isTrue();

        vcs.close(workspace);
        vcs.close(workspace);

        assertThat(workspace.directory()).doesNotExist();
        assertThat(outside.resolve("precious.txt")).hasContent("precious");
    }

    @Test
    void aPublishedBranchOutlivesItsWorkspace() throws IOException {
        vcs.sync(location());
        Workspace workspace = open("one");
        write(workspace.directory(), "a.txt", "a\n");
        String commit = vcs.commit(workspace, "Work");
        vcs.publish(workspace);
        vcs.close(workspace);
        assertThat(copy().run("cat-file", "-p", commit + ":a.txt")).isEqualTo("a");
        assertSound(copy());
    }

    private OpenWorkspace from(String name, String base) {
        OpenWorkspace request = request(name);
        return new OpenWorkspace(
                request.repo(),
                request.directory(),
                request.branch(),
                base,
                request.authorName(),
                request.authorEmail());
    }
}
