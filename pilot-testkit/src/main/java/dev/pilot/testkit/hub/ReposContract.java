package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.Conflict;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.UpdateProject;
import dev.pilot.api.repo.CreateRepo;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.repo.RepoSync;
import dev.pilot.api.repo.UpdateRepo;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.PageRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hub promises about repositories and about merging what was accepted. */
public abstract class ReposContract extends HubContract {
    /** For subclasses. */
    protected ReposContract() {}

    @Test
    void aNewRepositoryIsNotFetchedYet() {
        String slug = unique("owner") + "/name";
        Repo made = pilot().repos()
                .create(CreateRepo.builder("https://example.org/" + slug + ".git")
                        .build());
        assertThat(made.id().value()).startsWith("rep_");
        assertThat(made.slug()).as("from the URL").isEqualTo(slug);
        assertThat(made.defaultBranch()).isNull();
        assertThat(made.sync()).isEqualTo(RepoSync.NEVER);
        assertThat(pilot().repos().get(made.id())).isEqualTo(made);
    }

    @Test
    void everyFieldComesBackAsItWasGiven() {
        CreateRepo command = elsewhere().toBuilder()
                .defaultBranch("trunk")
                .id(new RepoId(unique("own")))
                .build();
        Repo made = pilot().repos().create(command);
        assertThat(made.id()).isEqualTo(command.id());
        assertThat(made.remoteUrl()).isEqualTo(command.remoteUrl());
        assertThat(made.slug()).isEqualTo(command.slug());
        assertThat(made.defaultBranch()).isEqualTo("trunk");
    }

    @Test
    void creatingAgainFindsAndOtherContentIsRefused() {
        for (CreateRepo command : List.of(
                elsewhere().toBuilder().id(new RepoId(unique("own"))).build(),
                elsewhere().toBuilder().idempotencyKey(unique("key")).build())) {
            Created<Repo> first = pilot().repos().createOrFind(command);
            assertThat(first.isNew()).isTrue();
            assertThat(pilot().repos().createOrFind(command)).isEqualTo(new Created<>(first.value(), false));
            refused(
                    AlreadyExists.class,
                    "already-exists",
                    () -> pilot().repos()
                            .create(command.toBuilder().defaultBranch("other").build()));
        }
    }

    @Test
    void aSlugIsTakenOnce() {
        CreateRepo command = elsewhere();
        pilot().repos().create(command);
        refused(
                AlreadyExists.class,
                () -> pilot().repos()
                        .create(CreateRepo.builder("https://example.org/other.git")
                                .slug(command.slug())
                                .build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:hunter22@example.org/a/b.git", "https://hunter22@example.org/a/b.git"})
    void aUrlThatHoldsACredentialIsRefused(String url) {
        InvalidInput error = refused(
                InvalidInput.class,
                () -> pilot().repos()
                        .create(CreateRepo.builder(url)
                                .slug(unique("owner") + "/name")
                                .build()));
        invalid("remoteUrl", error);
        assertThat(error.getMessage()).doesNotContain("hunter22");
        Repo made = pilot().repos().create(elsewhere());
        invalid(
                "remoteUrl",
                () -> pilot().repos()
                        .update(
                                made.id(),
                                UpdateRepo.builder().remoteUrl(Edit.set(url)).build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "relative/path", "file:///../x\n"})
    void aUrlThatIsNoneIsRefused(String url) {
        invalid(
                "remoteUrl",
                () -> pilot().repos()
                        .create(CreateRepo.builder(url)
                                .slug(unique("owner") + "/name")
                                .build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../escape", "a/../b", "/abs/path", "a/.git", "a b/c", "a//b"})
    void aSlugThatIsNoneIsRefused(String slug) {
        invalid(
                "slug",
                () -> pilot().repos()
                        .create(CreateRepo.builder("https://example.org/a.git")
                                .slug(slug)
                                .build()));
    }

    @Test
    void anUnknownRepositoryIsNotFound() {
        RepoId unknown = new RepoId(unique("unknown"));
        assertThat(refused(NotFound.class, () -> pilot().repos().get(unknown)).entity())
                .isEqualTo("repo");
        refused(
                NotFound.class,
                () -> pilot().repos().update(unknown, UpdateRepo.builder().build()));
        refused(NotFound.class, () -> pilot().repos().delete(unknown));
        refused(NotFound.class, () -> pilot().repos().sync(unknown));
    }

    @Test
    void aPatchKeepsClearsAndSetsAndAStaleOneIsAConflict() {
        Repo made = pilot().repos()
                .create(elsewhere().toBuilder().defaultBranch("trunk").build());
        Repo now = pilot().repos()
                .update(
                        made.id(),
                        UpdateRepo.builder().defaultBranch(Edit.set("main")).build());
        assertThat(now.defaultBranch()).isEqualTo("main");
        assertThat(now.remoteUrl()).isEqualTo(made.remoteUrl());
        assertThat(now.updatedAt()).isAfter(made.updatedAt());
        Conflict error = refused(
                Conflict.class,
                "conflict",
                () -> pilot().repos()
                        .update(
                                made.id(),
                                UpdateRepo.builder()
                                        .defaultBranch(Edit.set("x"))
                                        .ifUpdatedAt(made.updatedAt())
                                        .build()));
        assertThat(error.current()).isEqualTo(now);
        invalid(
                "remoteUrl",
                () -> pilot().repos()
                        .update(
                                made.id(),
                                UpdateRepo.builder().remoteUrl(Edit.clear()).build()));
    }

    @Test
    void repositoriesAreListedByAge() {
        List<RepoId> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.add(pilot().repos().create(elsewhere()).id());
        }
        assertThat(walk(2, pilot().repos()::list).stream().map(Repo::id).toList())
                .doesNotHaveDuplicates()
                .containsSubsequence(made);
    }

    @Test
    void aRepositoryInUseIsNotForgotten() {
        Repo made = pilot().repos().create(elsewhere());
        Project project = pilot().projects()
                .create(CreateProject.builder(unique("project"))
                        .repoId(made.id())
                        .build());
        refused(NotAllowed.class, () -> pilot().repos().delete(made.id()));
        pilot().projects()
                .update(
                        project.id(),
                        UpdateProject.builder().repoId(Edit.clear()).build());
        pilot().repos().delete(made.id());
        refused(NotFound.class, () -> pilot().repos().get(made.id()));
    }

    @Test
    void syncingFetchesTheRemote() {
        SeedRepository seed = seed();
        String first = seed.commit(null, "first", Map.of("file", "one\n"));
        seed.branch("main", first);
        Repo made = pilot().repos().create(local(seed));
        Repo synced = pilot().repos().sync(made.id());
        assertThat(synced.defaultBranch()).isEqualTo("main");
        assertThat(synced.sync().headCommit()).isEqualTo(first);
        assertThat(synced.sync().lastSyncAt()).isNotNull();
        assertThat(synced.sync().lastError()).isNull();

        String second = seed.commit(first, "second", Map.of("file", "two\n"));
        seed.branch("main", second);
        assertThat(pilot().repos().sync(made.id()).sync().headCommit()).isEqualTo(second);
        assertThat(events(new EventFilter(new Subject("repo", made.id().value()), null, null, null)))
                .extracting(Event::type)
                .startsWith("created");
    }

    @Test
    void aRepositoryThatCannotBeReadIsUnavailableAndTheReasonIsKept() {
        Repo made = pilot().repos()
                .create(CreateRepo.builder(
                                fixture().directory().resolve(unique("none")).toString())
                        .slug(unique("owner") + "/none")
                        .build());
        refused(
                Unavailable.class,
                "repository-unreachable",
                () -> pilot().repos().sync(made.id()));
        Repo now = pilot().repos().get(made.id());
        assertThat(recorded(AuditKind.SYNC, made)).containsExactly("denied");
        assertThat(now.sync().lastError()).isNotBlank();
        assertThat(now.sync().headCommit()).isNull();
    }

    @Test
    void whatCanNotBeMergedWaitsForAnotherDecision() {
        SeedRepository seed = seed();
        String base = seed.commit(null, "base", Map.of("file", "one\n"));
        seed.branch("main", base);
        Repo repo = pilot().repos().sync(pilot().repos().create(local(seed)).id());
        Project project = pilot().projects()
                .create(CreateProject.builder(unique("project"))
                        .repoId(repo.id())
                        .build());
        Run run = review(new RunStage(fixture(), project), repo, base, "c".repeat(40));

        refused(PilotException.class, () -> pilot().runs().accept(run.id(), null));
        refused(PilotException.class, () -> pilot().runs().accept(run.id(), "once more"));
        assertThat(pilot().runs().get(run.id()).state()).isEqualTo(RunState.REVIEW);
        Run cancelled = pilot().runs().cancel(run.id(), "a commit that nobody has");
        assertThat(cancelled.state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void acceptingMergesAndAConflictLeavesTheRunInReview() {
        SeedRepository seed = seed();
        String base = seed.commit(null, "base", Map.of("file", "one\n"));
        String good = seed.commit(base, "good", Map.of("file", "good\n"));
        String clash = seed.commit(base, "clash", Map.of("file", "clash\n"));
        String beside = seed.commit(base, "beside", Map.of("file", "one\n", "other", "more\n"));
        seed.branch("main", base);
        seed.branch("good", good);
        seed.branch("clash", clash);
        seed.branch("beside", beside);
        Repo repo = pilot().repos().sync(pilot().repos().create(local(seed)).id());
        Project project = pilot().projects()
                .create(CreateProject.builder(unique("project"))
                        .repoId(repo.id())
                        .build());
        RunStage stage = new RunStage(fixture(), project);

        Run first = review(stage, repo, base, good);
        Run accepted = pilot().runs().accept(first.id(), null);
        assertThat(accepted.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(accepted.headCommit()).isEqualTo(good);
        assertThat(accepted.mergedCommit()).as("a fast-forward").isEqualTo(good);

        Run second = review(stage, repo, base, clash);
        Conflict conflict =
                refused(Conflict.class, "merge-conflict", () -> pilot().runs().accept(second.id(), null));
        assertThat(conflict.getMessage()).contains("file");
        Run waiting = pilot().runs().get(second.id());
        assertThat(waiting.state()).isEqualTo(RunState.REVIEW);
        assertThat(waiting.mergedCommit()).isNull();
        List<Approval> pending = pilot().approvals()
                .list(
                        ApprovalFilter.builder()
                                .status(ApprovalStatus.PENDING)
                                .runId(second.id())
                                .build(),
                        PageRequest.first())
                .items();
        assertThat(pending).as("it waits for another decision").hasSize(1);
        assertThat(pilot().runs().reject(second.id(), "rebase, please", true).state())
                .isEqualTo(RunState.QUEUED);
        pilot().runs().cancel(second.id(), null);

        Run third = review(stage, repo, base, beside);
        Run merged = pilot().runs().accept(third.id(), null);
        assertThat(merged.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(merged.mergedCommit()).as("a merge commit").isNotNull().isNotIn(good, beside);
        assertThat(pilot().repos().sync(repo.id()).sync().headCommit())
                .as("a sync overwrites nothing of the hub's own")
                .isEqualTo(merged.mergedCommit());
        assertThat(recorded(AuditKind.PATCH, repo)).containsExactly("allowed", "denied", "allowed");
        assertThat(recorded(AuditKind.SYNC, repo)).containsExactly("allowed", "allowed");
    }

    private List<String> recorded(AuditKind kind, Repo repo) {
        AuditFilter filter = AuditFilter.builder()
                .kind(kind)
                .target(repo.slug())
                .oldestFirst(true)
                .build();
        return pilot().audit().list(filter, PageRequest.first()).items().stream()
                .map(event -> event.decision().wire())
                .toList();
    }

    @Test
    void aResultThatNobodyMustLookAtIsMergedAtOnce() {
        SeedRepository seed = seed();
        String base = seed.commit(null, "base", Map.of("file", "one\n"));
        String head = seed.commit(base, "head", Map.of("file", "two\n"));
        seed.branch("main", base);
        seed.branch("work", head);
        Repo repo = pilot().repos().sync(pilot().repos().create(local(seed)).id());
        Project project = pilot().projects()
                .create(CreateProject.builder(unique("project"))
                        .repoId(repo.id())
                        .build());
        RunStage stage = new RunStage(fixture(), project);
        stage.queued();
        Run over = stage.finish(RunStage.succeeded(RunStage.leaseOf(stage.claim()))
                .branch("work")
                .baseCommit(base)
                .headCommit(head));
        assertThat(over.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(over.mergedCommit()).isEqualTo(head);
        refused(NotAllowed.class, () -> pilot().repos().delete(repo.id()));
    }

    private Run review(RunStage stage, Repo repo, String base, String head) {
        stage.queued(RunPolicy.builder().review(true).build());
        Assignment assignment = stage.claim();
        assertThat(assignment.run().repoId()).isEqualTo(repo.id());
        assertThat(assignment.repo()).isNotNull().extracting(Repo::id).isEqualTo(repo.id());
        Run run = stage.finish(RunStage.succeeded(RunStage.leaseOf(assignment))
                .branch("pilot/" + assignment.run().id() + "-1")
                .baseCommit(base)
                .headCommit(head));
        assertThat(run.state()).isEqualTo(RunState.REVIEW);
        return run;
    }

    private SeedRepository seed() {
        Path directory = fixture().directory().resolve(unique("seed") + ".git");
        return new SeedRepository(directory);
    }

    private static CreateRepo local(SeedRepository seed) {
        return CreateRepo.builder(seed.directory().toString())
                .slug(unique("local") + "/seed")
                .build();
    }

    private static CreateRepo elsewhere() {
        String slug = unique("owner") + "/name";
        return CreateRepo.builder("https://example.org/" + slug + ".git")
                .slug(slug)
                .build();
    }
}
