package dev.pilot.e2e.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.LeaseLost;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.repo.CreateRepo;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.ArtifactKind;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Gate;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Outbox;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.testkit.repo.GitCommand;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a repository by workers that have neither the hub's disk nor the remote. */
@Timeout(180)
class RepositoriesElsewhereTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private HubOverHttp scene;
    private Project project;
    private GitCommand remote;
    private GitCommand hubCopy;
    private Repo repo;

    @BeforeEach
    void start() throws IOException {
        GitCommand.assumeInstalled();
        remote = new GitCommand(Files.createDirectory(directory.resolve("remote")));
        remote.run("init", "-q", "-b", "main");
        remote.run("config", "user.name", "Mia");
        remote.run("config", "user.email", "mia@example.org");
        commit("README.md", "hello\n");
        scene = new HubOverHttp(directory.resolve("hub"));
        repo = scene.hub()
                .repos()
                .create(CreateRepo.builder(remote.directory().toString())
                        .slug("mia/hello")
                        .build());
        project = scene.hub()
                .projects()
                .create(CreateProject.builder("Apollo").repoId(repo.id()).build());
        hubCopy = new GitCommand(scene.hub().data().repo(repo.slug()));
    }

    @AfterEach
    void end() throws Exception {
        scene.close();
    }

    @Test
    void whatARunMadeElsewhereIsReviewedAndMergedHere() throws IOException {
        scene.worker("wrk_far", directory.resolve("far"), LEASE, Outbox.NONE);

        RunId id = create(
                "echo more >> README.md && echo new > new.txt",
                RunPolicy.builder().review(true));
        Run reviewed = await(id, RunState.REVIEW);

        assertThat(reviewed.baseCommit()).isEqualTo(remote.run("rev-parse", "main"));
        assertThat(hubCopy.run("rev-parse", reviewed.branch())).isEqualTo(reviewed.headCommit());
        assertThat(hubCopy.run("show", reviewed.headCommit() + ":README.md")).isEqualTo("hello\nmore");
        Artifact diff = scene.hub().runs().artifacts(id).stream()
                .filter(artifact -> artifact.kind() == ArtifactKind.DIFF)
                .findFirst()
                .orElseThrow();
        try (InputStream content = scene.hub().runs().artifactContent(diff.id())) {
            assertThat(new String(content.readAllBytes(), UTF_8))
                    .contains("+more")
                    .contains("+new");
        }

        Run merged = scene.hub().runs().accept(id, null);
        assertThat(merged.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(hubCopy.run("show", "main:new.txt")).isEqualTo("new");
        assertThat(hubCopy.run("fsck", "--strict", "--no-dangling")).isEmpty();
    }

    @Test
    void theNextRunStartsFromWhatWasMergedAndGetsOnlyWhatIsNew() {
        scene.worker("wrk_far", directory.resolve("far"), LEASE, Outbox.NONE);
        await(create("echo one > one.txt", RunPolicy.builder()), RunState.SUCCEEDED);

        RunId second = create("cat one.txt && echo two > two.txt", RunPolicy.builder());
        await(second, RunState.SUCCEEDED);

        assertThat(hubCopy.run("show", "main:two.txt")).isEqualTo("two");
        GitCommand farCopy = new GitCommand(directory.resolve("far/repos/mia/hello"));
        assertThat(farCopy.run("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/main");
        assertThat(farCopy.run("fsck", "--strict", "--no-dangling")).isEmpty();
    }

    @Test
    void manyRunsAtOnceOnOneRepositoryByTwoWorkers() {
        scene.worker("wrk_1", directory.resolve("far1"), LEASE, Outbox.NONE);
        scene.worker("wrk_2", directory.resolve("far2"), LEASE, Outbox.NONE);
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            runs.add(create("echo " + i + " > file" + i + ".txt", RunPolicy.builder()));
        }

        runs.forEach(run -> await(run, RunState.SUCCEEDED));

        assertThat(hubCopy.run("ls-tree", "--name-only", "main").lines())
                .hasSize(9)
                .contains("file0.txt", "file7.txt");
        assertThat(hubCopy.run("fsck", "--strict", "--no-dangling")).isEmpty();
    }

    @Test
    void aRemoteThatIsAwayAndALostCopyKeepNobodyFromWorking() throws IOException {
        scene.hub().repos().sync(repo.id());
        Files.move(remote.directory(), directory.resolve("away"));
        scene.worker("wrk_far", directory.resolve("far"), LEASE, Outbox.NONE);
        await(create("echo one > one.txt", RunPolicy.builder()), RunState.SUCCEEDED);
        // as after a disk's failure: the copy still says that it has everything
        GitCommand farCopy = new GitCommand(directory.resolve("far/repos/mia/hello"));
        farCopy.run("update-ref", "-d", "refs/heads/main");
        farCopy.run("reflog", "expire", "--expire=now", "--all");
        farCopy.run("gc", "-q", "--prune=now");

        await(create("cat one.txt", RunPolicy.builder()), RunState.SUCCEEDED);
    }

    @Test
    void gatesRunElsewhereToo() {
        scene.worker("wrk_far", directory.resolve("far"), LEASE, Outbox.NONE);

        RunId bad = create(
                "echo wrong > answer.txt",
                RunPolicy.builder()
                        .gates(List.of(new Gate("check", List.of("grep", "-q", "right", "answer.txt"), LEASE))));
        Run failed = await(bad, RunState.FAILED);

        assertThat(Objects.requireNonNull(failed.error()).code()).isEqualTo("gate-failed");
        assertThat(hubCopy.run("ls-tree", "--name-only", "main")).isEqualTo("README.md");
    }

    @Test
    void aWorkerThatIsLatePublishesNothing() throws IOException {
        RunId id = create("true", RunPolicy.builder().maxAttempts(3));
        scene.hub().repos().sync(repo.id());
        Lease lease = claim("wrk_late");
        byte[] base;
        try (InputStream bundle = scene.hub().work().base(lease, List.of())) {
            base = bundle.readAllBytes();
        }
        assertThat(base).isNotEmpty();
        scene.clock().advance(Duration.ofHours(1));
        await(id, RunState.QUEUED);

        assertThatThrownBy(() -> scene.hub().work().base(lease, List.of())).isInstanceOf(LeaseLost.class);
        assertThatThrownBy(() -> scene.hub().work().publish(lease, new ByteArrayInputStream(base)))
                .isInstanceOf(LeaseLost.class);
        assertThat(hubCopy.run("branch", "--list", "pilot/*")).isEmpty();
        try (Stream<Path> left = Files.list(scene.hub().data().transfers())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aBundleWithoutTheAttemptsOwnBranchIsRefused() throws IOException {
        RunId id = create("true", RunPolicy.builder());
        scene.hub().repos().sync(repo.id());
        Lease lease = claim("wrk_odd");
        byte[] base;
        try (InputStream bundle = scene.hub().work().base(lease, List.of())) {
            base = bundle.readAllBytes();
        }

        assertThatThrownBy(() -> scene.hub().work().publish(lease, new ByteArrayInputStream(base)))
                .isInstanceOfSatisfying(
                        NotAllowed.class, error -> assertThat(error.code()).isEqualTo("bundle-broken"));
        assertThat(scene.hub().runs().get(id).state()).isEqualTo(RunState.RUNNING);
    }

    private Lease claim(String worker) {
        List<Assignment> claimed = scene.hub()
                .work()
                .claim(ClaimRequest.builder(new WorkerId(worker)).lease(LEASE).build())
                .toCompletableFuture()
                .join();
        assertThat(claimed).hasSize(1);
        return Objects.requireNonNull(claimed.get(0).run().lease());
    }

    private RunId create(String script, RunPolicy.Builder policy) {
        return scene.hub()
                .runs()
                .create(CreateRun.forProject(project.id(), "do: " + script)
                        .profile(RunProfile.command(List.of("sh", "-c", script)))
                        .policy(policy.build())
                        .build())
                .id();
    }

    private Run await(RunId run, RunState state) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> scene.hub().runs().get(run), now -> now.state() == state);
    }

    private void commit(String file, String content) throws IOException {
        Files.writeString(remote.directory().resolve(file), content);
        remote.run("add", "--all");
        remote.run("commit", "-q", "-m", "Change " + file);
    }
}
