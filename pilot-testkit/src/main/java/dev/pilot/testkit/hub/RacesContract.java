package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.error.Conflict;
import dev.pilot.api.id.ActionId;
import dev.pilot.api.id.EventId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.ActionKind;
import dev.pilot.api.project.ActionOutcome;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.UpdateProject;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.NewApproval;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a hub promises to callers who all want the same thing at the same moment. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RacesContract extends HubContract {
    private static final int THREADS = 8;

    @SuppressWarnings("NullAway.Init") // made before all tests
    private AtOnce atOnce;

    /** For subclasses. */
    protected RacesContract() {}

    /**
     * How often each race is run.
     *
     * @return at least 1
     */
    protected int rounds() {
        return 15;
    }

    @BeforeAll
    void startThreads() {
        atOnce = new AtOnce(THREADS);
    }

    @AfterAll
    void stopThreads() {
        atOnce.close();
    }

    @Test
    void ofManyUpdatesWithOneVersionExactlyOneSucceeds() {
        Project project = project();
        for (int round = 1; round <= rounds(); round++) {
            Project before = pilot().projects().get(project.id());
            List<ItemResult<Project>> answers = atOnce.run(thread -> pilot().projects()
                    .update(
                            before.id(),
                            UpdateProject.builder()
                                    .description(Edit.set(unique("by " + thread)))
                                    .ifUpdatedAt(before.updatedAt())
                                    .build()));
            List<Project> winners = won(answers);
            assertThat(winners).as("winners in round " + round).hasSize(1);
            assertThat(pilot().projects().get(project.id())).isEqualTo(winners.get(0));
            lost(answers, Conflict.class)
                    .forEach(error -> assertThat(error.current()).isEqualTo(winners.get(0)));
        }
    }

    @Test
    void noBumpOfTheProgressIsLost() {
        for (int round = 1; round <= rounds(); round++) {
            ProjectId project = project().id();
            List<ItemResult<ActionOutcome>> answers = atOnce.run(thread -> apply(bump(project, unique("action"))));
            assertThat(won(answers)).hasSize(THREADS);
            assertThat(pilot().projects().get(project).progress())
                    .as("in round " + round)
                    .isEqualTo(5 * THREADS);
        }
    }

    @Test
    void anActionSentManyTimesIsAppliedOnce() {
        for (int round = 1; round <= rounds(); round++) {
            ProjectId project = project().id();
            ApplyAction action = bump(project, unique("action"));
            List<ItemResult<ActionOutcome>> answers = atOnce.run(thread -> apply(action));
            assertThat(won(answers)).hasSize(THREADS);
            assertThat(won(answers))
                    .filteredOn(outcome -> !outcome.replayed())
                    .as("in round " + round)
                    .hasSize(1);
            assertThat(won(answers))
                    .extracting(ActionOutcome::event)
                    .containsOnly(won(answers).get(0).event());
            assertThat(pilot().projects().get(project).progress()).isEqualTo(5);
            assertThat(events(new EventFilter(Subject.project(project), null, null, "action")))
                    .hasSize(1);
        }
    }

    @Test
    void aRunMadeManyTimesIsMadeOnceWithoutAnError() {
        RunStage stage = stage();
        for (int round = 1; round <= rounds(); round++) {
            CreateRun command = stage.run().id(new RunId(unique("own"))).build();
            assertMadeOnce(atOnce.run(thread -> pilot().runs().createOrFind(command)), round);
            CreateRun byKey = stage.run().idempotencyKey(unique("key")).build();
            assertMadeOnce(atOnce.run(thread -> pilot().runs().createOrFind(byKey)), round);
        }
        assertThat(walk(500, page -> pilot().runs().list(RunFilter.of(stage.project.id()), page)))
                .hasSize(2 * rounds());
    }

    @Test
    void aProjectMadeManyTimesIsMadeOnceWithoutAnError() {
        for (int round = 1; round <= rounds(); round++) {
            CreateProject command = CreateProject.builder(unique("project"))
                    .id(new ProjectId(unique("own")))
                    .build();
            assertMadeOnce(atOnce.run(thread -> pilot().projects().createOrFind(command)), round);
        }
    }

    @Test
    void ofManyRunsForOneTaskOneIsMade() {
        RunStage stage = stage();
        for (int round = 1; round <= rounds(); round++) {
            Task task = stage.task("task " + round);
            List<ItemResult<Run>> answers = atOnce.run(thread -> pilot().runs()
                    .create(stage.runFor(task).goal("by " + thread).build()));
            assertThat(won(answers)).as("in round " + round).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> !answer.isDone())
                    .allSatisfy(answer -> assertThat(
                                    ((ItemResult.Refused<?>) answer).error().code())
                            .isEqualTo("task-has-run"));
        }
    }

    @Test
    void eachRunIsClaimedOnce() {
        RunStage stage = stage();
        int runs = 2 * rounds();
        List<RunId> made =
                IntStream.range(0, runs).mapToObj(i -> stage.queued().id()).toList();
        List<ItemResult<List<Assignment>>> answers = atOnce.run(thread -> {
            List<Assignment> mine = new ArrayList<>();
            WorkerId worker = new WorkerId(unique("claimer"));
            while (true) {
                List<Assignment> claimed = done(pilot().work()
                        .claim(stage.request()
                                .workerId(worker)
                                .limit(1 + thread % 3)
                                .build()));
                if (claimed.isEmpty()) {
                    return mine;
                }
                mine.addAll(claimed);
            }
        });
        List<Assignment> claimed = won(answers).stream().flatMap(List::stream).toList();
        assertThat(claimed).extracting(assignment -> assignment.run().id()).containsExactlyInAnyOrderElementsOf(made);
        assertThat(claimed)
                .allSatisfy(assignment -> assertThat(
                                pilot().runs().get(assignment.run().id()).lease())
                        .isEqualTo(assignment.run().lease()));
    }

    @Test
    void ofManyWhoDecideOneSucceeds() {
        RunStage stage = stage();
        for (int round = 1; round <= rounds(); round++) {
            Run run = stage.in(RunState.PROPOSED);
            Approval approval = pilot().approvals()
                    .list(ApprovalFilter.builder().runId(run.id()).build(), PageRequest.first())
                    .items()
                    .get(0);
            List<ItemResult<Approval>> answers = atOnce.run(thread -> pilot().approvals()
                    .decide(approval.id(), thread % 2 == 0 ? Decision.approve() : Decision.reject("no")));
            List<Approval> winners = won(answers);
            assertThat(winners).as("in round " + round).hasSize(1);
            lost(answers, Conflict.class).forEach(error -> {
                assertThat(error.code()).isEqualTo("already-decided");
                assertThat(error.current())
                        .isInstanceOfSatisfying(
                                Approval.class,
                                current -> assertThat(current.status())
                                        .isEqualTo(winners.get(0).status()));
            });
            boolean approved = winners.get(0).decidedBy() != null
                    && pilot().runs().get(run.id()).state() == RunState.QUEUED;
            List<Event> statuses = events(new EventFilter(null, run.id(), null, "status"));
            assertThat(statuses).as("the effect is taken once").hasSize(2);
            assertThat(statuses.get(1).data().text("move")).isEqualTo(approved ? "approve" : "decline");
        }
    }

    @Test
    void aReviewDecidedAndCancelledAtOnceEndsInOneWay() {
        RunStage stage = stage();
        for (int round = 1; round <= rounds(); round++) {
            Run run = stage.in(RunState.REVIEW, RunPolicy.builder());
            List<ItemResult<Run>> answers = atOnce.run(thread -> switch (thread % 3) {
                case 0 -> pilot().runs().accept(run.id(), null);
                case 1 -> pilot().runs().reject(run.id(), null, false);
                default -> pilot().runs().cancel(run.id(), null);
            });
            Run now = pilot().runs().get(run.id());
            assertThat(now.state().isFinal()).isTrue();
            assertThat(won(answers))
                    .isNotEmpty()
                    .allSatisfy(answer -> assertThat(answer.state()).isEqualTo(now.state()));
            assertThat(events(new EventFilter(null, run.id(), null, "status")))
                    .as("create, claim, present and one end")
                    .hasSize(4);
        }
    }

    @Test
    void aQuestionDecidedWhileItExpiresIsAnsweredInOneWay() {
        RunStage stage = stage();
        NewApproval quick = RunStage.question(Risk.LOW).toBuilder()
                .expiresIn(Duration.ofSeconds(5))
                .build();
        for (int round = 1; round <= rounds(); round++) {
            Run run = stage.in(RunState.RUNNING);
            Approval asked = pilot().work().ask(RunStage.leaseOf(run), quick);

            List<ItemResult<Approval>> answers = atOnce.run(thread -> {
                if (thread == 0) {
                    fixture().clock().advance(Duration.ofSeconds(5));
                }
                return pilot().approvals().decide(asked.id(), Decision.approve());
            });

            eventually().until(() -> pilot().approvals().get(asked.id()).effectAt() != null);
            Approval now = pilot().approvals().get(asked.id());
            assertThat(won(answers)).hasSize(now.status() == ApprovalStatus.APPROVED ? 1 : 0);
            assertThat(now.status()).isIn(ApprovalStatus.APPROVED, ApprovalStatus.EXPIRED);
            lost(answers, Conflict.class)
                    .forEach(error -> assertThat(error.code()).isEqualTo("already-decided"));
            assertThat(pilot().runs().get(run.id()).state()).isEqualTo(RunState.RUNNING);
            assertThat(moves(run)).as("resumed once").containsExactly("create", "claim", "interrupt", "resume");
            pilot().runs().cancel(run.id(), null);
        }
    }

    @Test
    void aQuestionDecidedWhileItsWorkerIsLostLeavesOneRunBehind() {
        RunStage stage = stage();
        for (int round = 1; round <= rounds(); round++) {
            Run run = stage.in(RunState.BLOCKED);
            Approval asked = pilot().approvals()
                    .list(ApprovalFilter.builder().runId(run.id()).build(), PageRequest.first())
                    .items()
                    .get(0);

            List<ItemResult<Approval>> answers = atOnce.run(thread -> {
                if (thread == 0) {
                    fixture().clock().advance(RunStage.LEASE.plusSeconds(1));
                }
                return pilot().approvals().decide(asked.id(), Decision.approve());
            });

            eventually().until(() -> pilot().runs().get(run.id()).state() == RunState.QUEUED);
            Approval now = pilot().approvals().get(asked.id());
            assertThat(won(answers)).hasSize(now.status() == ApprovalStatus.APPROVED ? 1 : 0);
            assertThat(now.status()).isIn(ApprovalStatus.APPROVED, ApprovalStatus.EXPIRED);
            assertThat(moves(run).stream().filter("requeue"::equals)).hasSize(1);
            assertThat(moves(run).stream().filter("resume"::equals))
                    .hasSize(now.status() == ApprovalStatus.APPROVED ? 1 : 0);
            pilot().runs().cancel(run.id(), null);
        }
    }

    private List<String> moves(Run run) {
        return events(new EventFilter(null, run.id(), null, "status")).stream()
                .map(event -> String.valueOf(event.data().text("move")))
                .toList();
    }

    @Test
    void aReportSentManyTimesCountsOnce() {
        RunStage stage = stage();
        for (int round = 1; round <= rounds(); round++) {
            Run run = stage.in(RunState.RUNNING);
            FinishRun report = RunStage.failed(RunStage.leaseOf(run)).build();
            List<ItemResult<Run>> answers = atOnce.run(
                    thread -> pilot().work().finish(List.of(report)).get(0).get());
            assertThat(won(answers))
                    .hasSize(THREADS)
                    .allSatisfy(answer -> assertThat(answer.failures()).isEqualTo(1));
            assertThat(pilot().runs().attempts(run.id())).hasSize(1);
            pilot().runs().cancel(run.id(), null);
        }
    }

    @Test
    void anEventAppendedManyTimesIsOneEvent() {
        Subject subject = new Subject("thing", unique("thing"));
        for (int round = 1; round <= rounds(); round++) {
            NewEvent event =
                    NewEvent.builder(subject).id(new EventId(unique("own"))).build();
            List<ItemResult<Appended>> answers =
                    atOnce.run(thread -> done(pilot().events().append(List.of(event))));
            assertThat(won(answers))
                    .flatExtracting(Appended::events)
                    .extracting(Created::isNew)
                    .as("in round " + round)
                    .containsOnlyOnce(true)
                    .hasSize(THREADS);
        }
        assertThat(events(new EventFilter(subject, null, null, null))).hasSize(rounds());
    }

    private static ApplyAction bump(ProjectId project, String id) {
        return ApplyAction.builder(project, ActionKind.BUMP_PROGRESS)
                .params(Json.object("delta", 5))
                .id(new ActionId(id))
                .build();
    }

    private ActionOutcome apply(ApplyAction action) {
        return pilot().projects().apply(List.of(action)).get(0).get();
    }

    private static <T extends Record> void assertMadeOnce(List<ItemResult<Created<T>>> answers, int round) {
        List<Created<T>> made = won(answers);
        assertThat(made).as("without an error in round " + round).hasSize(THREADS);
        assertThat(made).extracting(Created::isNew).containsOnlyOnce(true);
        assertThat(made).extracting(Created::value).containsOnly(made.get(0).value());
    }

    private static <T> List<T> won(List<ItemResult<T>> answers) {
        return answers.stream().filter(ItemResult::isDone).map(ItemResult::get).toList();
    }

    private static <T, E extends dev.pilot.api.error.PilotException> List<E> lost(
            List<ItemResult<T>> answers, Class<E> type) {
        return answers.stream()
                .filter(answer -> !answer.isDone())
                .map(answer -> refused(type, answer))
                .toList();
    }
}
