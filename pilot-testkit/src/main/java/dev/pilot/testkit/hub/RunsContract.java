package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.project.UpdateTask;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Link;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.Usage;
import dev.pilot.api.run.WorkerInfo;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hub promises about making, finding and handing out runs. */
public abstract class RunsContract extends HubContract {
    /** For subclasses. */
    protected RunsContract() {}

    @Test
    void everyFieldComesBackAsItWasGiven() {
        Project project = project();
        CreateRun command = CreateRun.forProject(project.id(), "make it so ü😀")
                .externalId(unique("external"))
                .profile(RunProfile.command(List.of("make", "it")))
                .inputs(Json.object("paths", List.of("src"), "n", new Json.Num("1.0")))
                .labels(Set.of("linux", "gpu"))
                .priority(-2)
                .policy(RunPolicy.builder()
                        .approval(true)
                        .gates(List.of(RunStage.TEST_GATE))
                        .build())
                .budget(Budget.builder().tokens(10L).build())
                .links(List.of(new Link("ticket", "https://example.org/1")))
                .id(new RunId(unique("own")))
                .build();
        Run made = pilot().runs().create(command);

        assertThat(made.id()).isEqualTo(command.id());
        assertThat(made.projectId()).isEqualTo(project.id());
        assertThat(made.externalId()).isEqualTo(command.externalId());
        assertThat(made.goal()).isEqualTo(command.goal());
        assertThat(made.profile()).isEqualTo(command.profile());
        assertThat(made.inputs().toString()).isEqualTo("{\"paths\":[\"src\"],\"n\":1.0}");
        assertThat(made.labels()).isEqualTo(command.labels());
        assertThat(made.priority()).isEqualTo(-2);
        assertThat(made.policy()).isEqualTo(command.policy());
        assertThat(made.budget()).isEqualTo(command.budget());
        assertThat(made.links()).isEqualTo(command.links());
        assertThat(made.state()).isEqualTo(RunState.PROPOSED);
        assertThat(made.attempt()).isZero();
        assertThat(made.failures()).isZero();
        assertThat(made.usage()).isEqualTo(Usage.NONE);
        assertThat(made.lease()).isNull();
        assertThat(made.startedAt()).isNull();
        assertThat(made.finishedAt()).isNull();
        assertThat(pilot().runs().get(made.id())).isEqualTo(made);
    }

    @Test
    void aRunStartsWhereItsPolicySays() {
        RunStage stage = stage();
        assertThat(stage.queued().state()).isEqualTo(RunState.QUEUED);
        assertThat(stage.queued().id().value()).startsWith("run_");
        assertThat(stage.queued(RunPolicy.builder().approval(true).build()).state())
                .isEqualTo(RunState.PROPOSED);
    }

    @Test
    void theGoalOfATasksRunIsWhatTheTaskSays() {
        Project project = project();
        Task task = pilot().tasks()
                .create(CreateTask.builder(project.id(), "the title")
                        .description("the description")
                        .acceptance(List.of("it holds"))
                        .build());
        RunStage stage = new RunStage(fixture(), project);
        Run byTask = pilot().runs().create(stage.runFor(task).build());
        assertThat(byTask.projectId()).isEqualTo(project.id());
        assertThat(byTask.taskId()).isEqualTo(task.id());
        assertThat(byTask.goal()).contains("the title", "the description", "it holds");
        Run own = pilot().runs()
                .create(stage.runFor(task).goal("own goal").parallel(true).build());
        assertThat(own.goal()).isEqualTo("own goal");
    }

    @Test
    void creatingAgainFindsAndOtherContentIsRefused() {
        CreateRun command = stage().run().build();
        for (CreateRun known : List.of(
                command.toBuilder().id(new RunId(unique("own"))).build(),
                command.toBuilder().idempotencyKey(unique("key")).build())) {
            Created<Run> first = pilot().runs().createOrFind(known);
            assertThat(first.isNew()).isTrue();
            assertThat(pilot().runs().createOrFind(known)).isEqualTo(new Created<>(first.value(), false));
            Run cancelled = pilot().runs().cancel(first.value().id(), null);
            assertThat(pilot().runs().createOrFind(known))
                    .as("as it is now")
                    .isEqualTo(new Created<>(cancelled, false));
            refused(
                    AlreadyExists.class,
                    "already-exists",
                    () -> pilot().runs().create(known.toBuilder().goal("other").build()));
        }
    }

    @Test
    void aTasksRunMadeAgainIsFoundAndNotRefusedAsSecond() {
        RunStage stage = stage();
        CreateRun command =
                stage.runFor(stage.task("task")).id(new RunId(unique("own"))).build();
        Run first = pilot().runs().create(command);
        assertThat(pilot().runs().createOrFind(command)).isEqualTo(new Created<>(first, false));
    }

    @Test
    void aTaskHasOneRunThatIsNotOverUnlessAskedOtherwise() {
        RunStage stage = stage();
        Task task = stage.task("task");
        Run first = pilot().runs().create(stage.runFor(task).build());
        refused(
                NotAllowed.class,
                "task-has-run",
                () -> pilot().runs().create(stage.runFor(task).build()));
        Run beside = pilot().runs().create(stage.runFor(task).parallel(true).build());
        pilot().runs().cancel(first.id(), null);
        pilot().runs().cancel(beside.id(), null);
        assertThat(pilot().runs().create(stage.runFor(task).build()).state()).isEqualTo(RunState.QUEUED);
    }

    @Test
    void aSetOfRunsIsMadeInItsOrder() {
        RunStage stage = stage();
        List<CreateRun> commands = IntStream.range(0, 5)
                .mapToObj(i -> stage.run()
                        .goal("goal " + i)
                        .policy(i == 4 ? RunPolicy.builder().approval(true).build() : RunPolicy.NONE)
                        .build())
                .toList();
        List<Run> made = pilot().runs().createAll(commands).stream()
                .map(ItemResult::get)
                .peek(created -> assertThat(created.isNew()).isTrue())
                .map(Created::value)
                .toList();

        assertThat(made).extracting(Run::goal).containsExactly("goal 0", "goal 1", "goal 2", "goal 3", "goal 4");
        assertThat(list(RunFilter.of(stage.project.id()))).containsExactlyInAnyOrderElementsOf(made);
        assertThat(made.get(4).state()).isEqualTo(RunState.PROPOSED);
        for (Run run : made) {
            assertThat(pilot().events().list(EventFilter.of(run.id()), 0, 10).items())
                    .extracting(Event::title)
                    .first()
                    .isEqualTo("created " + run.state().wire());
        }
        assertThat(stage.claim(10))
                .extracting(assignment -> assignment.run().goal())
                .hasSize(4);
    }

    @Test
    void aBadRunOfASetHarmsNoOther() {
        RunStage stage = stage();
        CreateRun good = stage.run().build();
        List<ItemResult<Created<Run>>> answers = pilot().runs()
                .createAll(List.of(
                        good,
                        good.toBuilder()
                                .projectId(new ProjectId(unique("unknown")))
                                .build(),
                        good.toBuilder()
                                .inputs(Json.object("key", PilotFixture.KNOWN_SECRET))
                                .build(),
                        good.toBuilder().goal(" ").build(),
                        good));
        invalid("projectId", refused(InvalidInput.class, answers.get(1)));
        invalid("inputs", refused(InvalidInput.class, answers.get(2)));
        invalid("goal", refused(InvalidInput.class, answers.get(3)));
        assertThat(list(RunFilter.of(stage.project.id())))
                .containsExactlyInAnyOrder(
                        answers.get(0).get().value(), answers.get(4).get().value());
    }

    @Test
    void laterOnesOfASetSeeWhatEarlierOnesMade() {
        RunStage stage = stage();
        CreateRun command = stage.run().build();
        CreateRun own = command.toBuilder().id(new RunId(unique("own"))).build();
        CreateRun keyed = command.toBuilder().idempotencyKey(unique("key")).build();
        CreateRun ofTask = stage.runFor(stage.task("task")).build();
        List<CreateRun> commands =
                List.of(own, keyed, own, keyed, own.toBuilder().goal("other").build(), ofTask, ofTask);
        List<ItemResult<Created<Run>>> first = pilot().runs().createAll(commands);

        assertThat(first.get(2).get())
                .isEqualTo(new Created<>(first.get(0).get().value(), false));
        assertThat(first.get(3).get())
                .isEqualTo(new Created<>(first.get(1).get().value(), false));
        refused(AlreadyExists.class, first.get(4));
        assertThat(refused(NotAllowed.class, first.get(6)).code()).isEqualTo("task-has-run");
        assertThat(list(RunFilter.of(stage.project.id()))).hasSize(3);

        List<ItemResult<Created<Run>>> again = pilot().runs().createAll(commands.subList(0, 4));
        assertThat(again).extracting(answer -> answer.get().isNew()).containsOnly(false);
        assertThat(again)
                .extracting(answer -> answer.get().value())
                .isEqualTo(first.subList(0, 4).stream()
                        .map(answer -> answer.get().value())
                        .toList());
    }

    @Test
    void aSetOfRunsHasALimit() {
        CreateRun command = stage().run().build();
        invalid("runs", () -> pilot().runs().createAll(List.of()));
        invalid("runs", () -> pilot().runs().createAll(Collections.nCopies(501, command)));
        assertThat(list(RunFilter.of(command.projectId()))).isEmpty();
    }

    @Test
    void whatARunCannotDoWithoutIsAskedFor() {
        Project project = project();
        RunProfile profile = RunProfile.command(List.of("true"));
        CreateRun nothing = CreateRun.forProject(project.id(), "goal")
                .projectId(null)
                .goal(null)
                .profile(profile)
                .build();
        refused(InvalidInput.class, () -> pilot().runs().create(nothing));
        refused(
                InvalidInput.class,
                () -> pilot().runs().create(nothing.toBuilder().goal("goal").build()));
        invalid(
                "goal",
                () -> pilot().runs()
                        .create(nothing.toBuilder().projectId(project.id()).build()));
        invalid(
                "profile.command",
                () -> pilot().runs()
                        .create(CreateRun.forProject(project.id(), "goal").build()));
        invalid(
                "profile.command",
                () -> pilot().runs()
                        .create(CreateRun.forProject(project.id(), "goal")
                                .profile(RunProfile.builder().build())
                                .build()));
        assertThat(list(RunFilter.of(project.id()))).isEmpty();
    }

    @Test
    void unknownReferencesAreRefusedByField() {
        RunStage stage = stage();
        CreateRun command = stage.run().build();
        invalid(
                "projectId",
                () -> pilot().runs()
                        .create(command.toBuilder()
                                .projectId(new ProjectId(unique("unknown")))
                                .build()));
        invalid(
                "taskId",
                () -> pilot().runs()
                        .create(command.toBuilder()
                                .taskId(new TaskId(unique("unknown")))
                                .build()));
        invalid(
                "agentId",
                () -> pilot().runs()
                        .create(command.toBuilder()
                                .agentId(new AgentId(unique("unknown")))
                                .build()));
        Task elsewhere = stage().task("elsewhere");
        refused(
                InvalidInput.class,
                () -> pilot().runs()
                        .create(command.toBuilder().taskId(elsewhere.id()).build()));
        assertThat(list(RunFilter.of(stage.project.id()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {PilotFixture.KNOWN_SECRET, SecretsContract.SHAPED_SECRET})
    void credentialsInTheInputsAreRefused(String secret) {
        RunStage stage = stage();
        CreateRun command = stage.run()
                .inputs(Json.object("deep", List.of(Json.object("header", "Bearer " + secret))))
                .build();
        InvalidInput error = refused(InvalidInput.class, () -> pilot().runs().create(command));
        invalid("inputs", error);
        assertThat(error.getMessage()).doesNotContain(secret);
        assertThat(list(RunFilter.of(stage.project.id()))).isEmpty();
    }

    @Test
    void anUnknownRunIsNotFound() {
        RunId unknown = new RunId(unique("unknown"));
        assertThat(refused(NotFound.class, () -> pilot().runs().get(unknown)).entity())
                .isEqualTo("run");
        refused(NotFound.class, () -> pilot().runs().attempts(unknown));
        refused(NotFound.class, () -> pilot().runs().approve(unknown, null));
        refused(NotFound.class, () -> pilot().runs().reject(unknown, null, false));
        refused(NotFound.class, () -> pilot().runs().accept(unknown, null));
        refused(NotFound.class, () -> pilot().runs().cancel(unknown, null));
        refused(NotFound.class, () -> pilot().runs().retry(unknown));
        refused(NotFound.class, () -> pilot().runs().artifacts(unknown));
    }

    @Test
    void runsAreListedNewestFirstAndFiltered() {
        RunStage stage = stage();
        Task task = stage.task("task");
        Run one = stage.queued();
        Run two = pilot().runs()
                .create(stage.runFor(task).externalId(unique("external")).build());
        Run three = pilot().runs().cancel(stage.queued().id(), null);
        ProjectId project = stage.project.id();

        assertThat(list(RunFilter.of(project))).containsExactly(three, two, one);
        assertThat(list(RunFilter.builder()
                        .projectId(project)
                        .state(RunState.QUEUED)
                        .build()))
                .containsExactly(two, one);
        assertThat(list(RunFilter.builder().taskId(task.id()).build())).containsExactly(two);
        assertThat(list(RunFilter.builder().externalId(two.externalId()).build()))
                .containsExactly(two);
        assertThat(list(RunFilter.builder()
                        .projectId(project)
                        .taskId(task.id())
                        .state(RunState.CANCELLED)
                        .build()))
                .isEmpty();
    }

    @Test
    void walkingByCursorSeesEachRunOnceWhileOthersAreMade() {
        RunStage stage = stage();
        List<RunId> there = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            there.add(0, stage.queued().id());
        }
        List<RunId> seen = walk(2, request -> {
                    Page<Run> page = pilot().runs().list(RunFilter.of(stage.project.id()), request);
                    stage.queued();
                    return page;
                })
                .stream()
                .map(Run::id)
                .toList();
        assertThat(seen).doesNotHaveDuplicates().containsSubsequence(there);
    }

    @Test
    void anOutsideAgentsIdMayStandForTheRuns() {
        RunStage stage = stage();
        String external = unique("session");
        Run run = pilot().runs().create(stage.run().externalId(external).build());
        RunId alias = new RunId(external);

        assertThat(pilot().runs().get(alias)).isEqualTo(run);
        assertThat(pilot().runs().attempts(alias)).isEmpty();
        assertThat(pilot().runs().artifacts(alias)).isEmpty();
        Run cancelled = pilot().runs().cancel(alias, null);
        assertThat(cancelled.id()).isEqualTo(run.id());
        assertThat(cancelled.state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void aClaimTakesByPriorityThenAge() {
        RunStage stage = stage();
        Run third = pilot().runs().create(stage.run().priority(5).build());
        Run second = pilot().runs().create(stage.run().priority(1).build());
        Run fourth = pilot().runs().create(stage.run().priority(5).build());
        Run first = pilot().runs().create(stage.run().priority(-1).build());

        assertThat(stage.claim(3))
                .extracting(assignment -> assignment.run().id())
                .containsExactly(first.id(), second.id(), third.id());
        assertThat(stage.claim(3))
                .extracting(assignment -> assignment.run().id())
                .containsExactly(fourth.id());
        assertThat(stage.claim(3)).isEmpty();
    }

    @Test
    void aClaimedRunIsRunningUnderALease() {
        RunStage stage = stage();
        Run queued = stage.queued();
        Assignment assignment = stage.claim();
        Run run = assignment.run();

        assertThat(run.state()).isEqualTo(RunState.RUNNING);
        assertThat(run.attempt()).isEqualTo(1);
        assertThat(run.startedAt()).isAfterOrEqualTo(queued.createdAt());
        assertThat(run.updatedAt()).isAfter(queued.updatedAt());
        assertThat(RunStage.leaseOf(run)).satisfies(lease -> {
            assertThat(lease.runId()).isEqualTo(run.id());
            assertThat(lease.attempt()).isEqualTo(1);
            assertThat(lease.workerId()).isEqualTo(stage.worker);
            assertThat(Duration.between(queued.createdAt(), lease.expiresAt()))
                    .isBetween(RunStage.LEASE, RunStage.LEASE.plusSeconds(5));
        });
        assertThat(assignment.repo()).isNull();
        assertThat(assignment.previousDiff()).isNull();
        assertThat(pilot().runs().get(run.id())).isEqualTo(run);
    }

    @Test
    void onlyAWorkerWithTheRunsLabelsAndRunnerGetsIt() {
        RunStage stage = stage();
        String extra = unique("extra");
        pilot().runs().create(stage.run().labels(Set.of(stage.label, extra)).build());
        assertThat(stage.claim(1)).isEmpty();
        assertThat(done(pilot().work()
                        .claim(stage.request()
                                .labels(Set.of(stage.label, extra))
                                .runners(Set.of(RunnerKind.AGENT))
                                .build())))
                .isEmpty();
        assertThat(done(pilot().work()
                        .claim(stage.request()
                                .labels(Set.of(stage.label, extra, "more"))
                                .build())))
                .hasSize(1);
    }

    @Test
    void aTasksRunWaitsForWhatTheTaskDependsOn() {
        RunStage stage = stage();
        Task before = stage.task("before");
        Task after = stage.task("after", before.id());
        Run run = pilot().runs().create(stage.runFor(after).build());
        assertThat(stage.claim(1)).isEmpty();
        pilot().tasks()
                .update(
                        before.id(),
                        UpdateTask.builder().status(Edit.set(TaskStatus.DONE)).build());
        assertThat(stage.claim().run().id()).isEqualTo(run.id());
    }

    @Test
    void aClaimWaitsForARunToCome() {
        RunStage stage = stage();
        CompletableFuture<List<Assignment>> claim =
                pilot().work().claim(stage.request().waitFor(PATIENCE).build()).toCompletableFuture();
        Run run = stage.queued();
        assertThat(done(claim)).extracting(assignment -> assignment.run().id()).containsExactly(run.id());
    }

    @Test
    void aWaitingClaimSeesATaskBecomeReadyAndAnApproval() {
        RunStage stage = stage();
        Task before = stage.task("before");
        Run waiting = pilot().runs()
                .create(stage.runFor(stage.task("after", before.id())).build());
        CompletableFuture<List<Assignment>> claim =
                pilot().work().claim(stage.request().waitFor(PATIENCE).build()).toCompletableFuture();
        pilot().tasks()
                .update(
                        before.id(),
                        UpdateTask.builder().status(Edit.set(TaskStatus.DONE)).build());
        assertThat(done(claim)).extracting(assignment -> assignment.run().id()).containsExactly(waiting.id());

        Run proposed = stage.in(RunState.PROPOSED);
        CompletableFuture<List<Assignment>> next =
                pilot().work().claim(stage.request().waitFor(PATIENCE).build()).toCompletableFuture();
        pilot().runs().approve(proposed.id(), null);
        assertThat(done(next)).extracting(assignment -> assignment.run().id()).containsExactly(proposed.id());
    }

    @Test
    void aClaimThatFindsNothingInTimeIsEmpty() {
        RunStage stage = stage();
        assertThat(done(pilot().work()
                        .claim(stage.request().waitFor(Duration.ofMillis(50)).build())))
                .isEmpty();
        Run late = stage.queued();
        assertThat(pilot().runs().get(late.id()).state())
                .as("the claim is over")
                .isEqualTo(RunState.QUEUED);
    }

    @Test
    void manyClaimsMayWaitAtOnce() {
        RunStage stage = stage();
        List<CompletableFuture<List<Assignment>>> claims = IntStream.range(0, 100)
                .mapToObj(i -> pilot().work()
                        .claim(stage.request().waitFor(PATIENCE.multipliedBy(2)).build())
                        .toCompletableFuture())
                .toList();
        List<RunId> made =
                IntStream.range(0, 100).mapToObj(i -> stage.queued().id()).toList();
        List<RunId> claimed = claims.stream()
                .flatMap(claim -> done(claim).stream())
                .map(assignment -> assignment.run().id())
                .toList();
        assertThat(claimed).containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void theHubKnowsTheWorkersItHasSeen() {
        RunStage stage = stage();
        stage.queued();
        stage.claim();
        List<WorkerInfo> workers = pilot().workers().list();
        assertThat(workers)
                .filteredOn(worker -> worker.id().equals(stage.worker))
                .singleElement()
                .satisfies(worker -> {
                    assertThat(worker.host()).isEqualTo("localhost");
                    assertThat(worker.labels()).containsExactly(stage.label);
                    assertThat(worker.running()).isEqualTo(1);
                    assertThat(worker.lastSeen()).isAfterOrEqualTo(worker.firstSeen());
                });
        RunStage later = stage();
        later.claim(1);
        List<WorkerId> order =
                pilot().workers().list().stream().map(WorkerInfo::id).toList();
        assertThat(order).as("the last seen first").containsSubsequence(later.worker, stage.worker);
    }

    private List<Run> list(RunFilter filter) {
        return pilot().runs().list(filter, PageRequest.first()).items();
    }
}
