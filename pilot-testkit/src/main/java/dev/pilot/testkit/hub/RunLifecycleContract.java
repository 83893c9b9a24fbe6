package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.LeaseLost;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.ArtifactKind;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.Attempt;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.BudgetRule;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.HeartbeatRequest;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.LeaseState;
import dev.pilot.api.run.Link;
import dev.pilot.api.run.NewArtifact;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputRequest;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunError;
import dev.pilot.api.run.RunMove;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.Usage;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Named;
import dev.pilot.api.value.PageRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a hub promises about the states of a run, with a worker played by hand. */
public abstract class RunLifecycleContract extends HubContract {
    /** For subclasses. */
    protected RunLifecycleContract() {}

    @ParameterizedTest
    @EnumSource
    void everyStateCanBeReachedAndIsExplainedByTheRunsEvents(RunState state) {
        Run run = stage().in(state);
        assertThat(run.state()).isEqualTo(state);
        assertThat(pilot().runs().get(run.id())).isEqualTo(run);
        assertThat(run.lease() != null).as("leased").isEqualTo(state.isLeased());
        assertThat(run.finishedAt() != null).as("finished").isEqualTo(state.isFinal());
        assertExplained(run.id());
    }

    @Test
    void theWholeWayWithEveryStop() {
        RunStage stage = stage();
        Task task = stage.task("task");
        Run proposed = pilot().runs()
                .create(stage.runFor(task)
                        .policy(RunPolicy.builder()
                                .approval(true)
                                .review(true)
                                .gates(List.of(RunStage.TEST_GATE))
                                .build())
                        .build());
        assertTask(task, TaskStatus.TODO);
        assertThat(stage.claim(1)).as("not before it is approved").isEmpty();
        assertThat(pilot().runs().approve(proposed.id(), "go").state()).isEqualTo(RunState.QUEUED);

        Lease first = RunStage.leaseOf(stage.claim());
        assertTask(task, TaskStatus.IN_PROGRESS);
        Run started = pilot().work().started(first, "pilot/branch-1", "0123456789012345678901234567890123456789");
        assertThat(started.branch()).isEqualTo("pilot/branch-1");
        assertThat(started.baseCommit()).isEqualTo("0123456789012345678901234567890123456789");
        Approval question = pilot().work().ask(first, RunStage.question(Risk.LOW));
        assertThat(pilot().runs().get(proposed.id()).state()).isEqualTo(RunState.BLOCKED);
        pilot().approvals().decide(question.id(), Decision.approve());
        assertThat(pilot().runs().get(proposed.id()).state()).isEqualTo(RunState.RUNNING);
        assertThat(pilot().work().gates(first).state()).isEqualTo(RunState.GATES);
        Run review = stage.finish(RunStage.succeeded(first).gates(List.of(RunStage.gate(true))));
        assertThat(review.state()).isEqualTo(RunState.REVIEW);
        assertThat(review.lease()).isNull();
        assertThat(review.gates()).containsExactly(RunStage.gate(true));
        assertTask(task, TaskStatus.REVIEW);

        Run again = pilot().runs().reject(proposed.id(), "smaller, please", true);
        assertThat(again.state()).isEqualTo(RunState.QUEUED);
        assertThat(again.feedback()).isEqualTo("smaller, please");
        assertThat(again.failures())
                .as("a rejected result is no failed attempt")
                .isZero();
        Assignment second = stage.claimAgain(again);
        assertThat(second.run().attempt()).isEqualTo(2);
        assertThat(second.run().feedback()).isEqualTo("smaller, please");
        Run reviewed = stage.finish(RunStage.succeeded(RunStage.leaseOf(second)).gates(List.of(RunStage.gate(true))));
        assertThat(reviewed.state()).isEqualTo(RunState.REVIEW);
        Run over = pilot().runs().accept(proposed.id(), "thanks");
        assertThat(over.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(over.finishedAt()).isAfter(over.startedAt());
        assertTask(task, TaskStatus.DONE);

        assertThat(moves(proposed.id()))
                .containsExactly(
                        "create",
                        "approve",
                        "claim",
                        "interrupt",
                        "resume",
                        "gate",
                        "present",
                        "return",
                        "claim",
                        "present",
                        "succeed");
        assertThat(pilot().runs().attempts(proposed.id()))
                .extracting(Attempt::attempt, Attempt::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, "succeeded"),
                        org.assertj.core.groups.Tuple.tuple(2, "succeeded"));
        assertExplained(proposed.id());
    }

    @Test
    void whatTheWorkerReportsIsKept() {
        RunStage stage = stage();
        stage.queued();
        Lease lease = RunStage.leaseOf(stage.claim());
        Run run = stage.finish(RunStage.succeeded(lease)
                .summary("two files changed")
                .usage(new Usage(1500, 10, 20, 30, 2, 2, 40, 5))
                .branch("pilot/branch")
                .baseCommit("base")
                .metrics(Json.object("score", new Json.Num("0.90")))
                .links(List.of(new Link("log", "https://example.org/log")))
                .gates(List.of(RunStage.gate(true))));
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.exitCode()).isZero();
        assertThat(run.summary()).isEqualTo("two files changed");
        assertThat(run.usage().inputTokens()).isEqualTo(10);
        assertThat(run.usage().outputTokens()).isEqualTo(20);
        assertThat(run.usage().costMicros()).isEqualTo(30);
        assertThat(run.branch()).isEqualTo("pilot/branch");
        assertThat(run.metrics().toString()).isEqualTo("{\"score\":0.90}");
        assertThat(run.links()).contains(new Link("log", "https://example.org/log"));
        assertThat(run.gates()).containsExactly(RunStage.gate(true));
        assertThat(run.error()).isNull();
        assertThat(pilot().runs().attempts(run.id())).singleElement().satisfies(attempt -> {
            assertThat(attempt.workerId()).isEqualTo(stage.worker);
            assertThat(attempt.exitCode()).isZero();
            assertThat(attempt.branch()).isEqualTo("pilot/branch");
            assertThat(attempt.finishedAt()).isAfterOrEqualTo(attempt.startedAt());
        });
    }

    @Test
    void aFailedAttemptIsTriedAgainWhileThereAreAttemptsLeft() {
        RunStage stage = stage();
        Task task = stage.task("task");
        Run run = pilot().runs()
                .create(stage.runFor(task)
                        .policy(RunPolicy.builder().maxAttempts(2).build())
                        .build());
        Run requeued = stage.finish(RunStage.failed(RunStage.leaseOf(stage.claim())));
        assertThat(requeued.state()).isEqualTo(RunState.QUEUED);
        assertThat(requeued.failures()).isEqualTo(1);
        assertThat(requeued.lease()).isNull();

        Assignment second = stage.claimAgain(requeued);
        assertThat(second.run().attempt()).isEqualTo(2);
        Run failed = stage.finish(RunStage.failed(RunStage.leaseOf(second)));
        assertThat(failed.state()).isEqualTo(RunState.FAILED);
        assertThat(failed.failures()).isEqualTo(2);
        assertThat(failed.error()).isEqualTo(new RunError("exit-code", "exited with 3"));
        assertThat(failed.exitCode()).isEqualTo(3);
        assertTask(task, TaskStatus.TODO);
        assertThat(pilot().runs().attempts(run.id()))
                .extracting(Attempt::outcome)
                .containsExactly("failed", "failed");
        assertExplained(run.id());
    }

    @Test
    void aFailedGateIsAFailedAttempt() {
        RunStage stage = stage();
        Run gates = stage.in(RunState.GATES, RunPolicy.builder().maxAttempts(1).review(true));
        Run failed = stage.finish(RunStage.failed(RunStage.leaseOf(gates))
                .error(new RunError("gate-failed", "the gate test failed"))
                .gates(List.of(RunStage.gate(false))));
        assertThat(failed.state()).isEqualTo(RunState.FAILED);
        assertThat(Objects.requireNonNull(failed.error()).code()).isEqualTo("gate-failed");
        assertThat(failed.gates()).containsExactly(RunStage.gate(false));
    }

    @Test
    void successWithAFailedGateIsNoSuccess() {
        RunStage stage = stage();
        Run gates = stage.in(RunState.GATES, RunPolicy.builder().maxAttempts(1));
        Run failed = stage.finish(RunStage.succeeded(RunStage.leaseOf(gates)).gates(List.of(RunStage.gate(false))));
        assertThat(failed.state()).isEqualTo(RunState.FAILED);
        assertThat(Objects.requireNonNull(failed.error()).code()).isEqualTo("gate-failed");
    }

    @Test
    void aFailedRunMayBeRetried() {
        RunStage stage = stage();
        Run failed = stage.in(RunState.FAILED);
        Run retried = pilot().runs().retry(failed.id());
        assertThat(retried.state()).isEqualTo(RunState.QUEUED);
        assertThat(retried.finishedAt()).isNull();
        Assignment second = stage.claimAgain(retried);
        assertThat(second.run().attempt()).isEqualTo(2);
        assertThat(stage.finish(RunStage.succeeded(RunStage.leaseOf(second))).state())
                .isEqualTo(RunState.SUCCEEDED);
        assertExplained(failed.id());
    }

    @Test
    void aFailedRunIsNotRetriedBesideAnotherOfItsTask() {
        RunStage stage = stage();
        Task task = stage.task("task");
        Run failed = pilot().runs()
                .create(stage.runFor(task)
                        .policy(RunPolicy.builder().maxAttempts(1).build())
                        .build());
        stage.finish(RunStage.failed(RunStage.leaseOf(stage.claim())));
        pilot().runs().create(stage.runFor(task).build());
        refused(NotAllowed.class, "task-has-run", () -> pilot().runs().retry(failed.id()));
        assertThat(pilot().runs().get(failed.id()).state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void releasingIsNoFailedAttempt() {
        RunStage stage = stage();
        Run queued = stage.queued(RunPolicy.builder().maxAttempts(1).build());
        Lease first = RunStage.leaseOf(stage.claim());
        Run released = pilot().work().release(List.of(first)).get(0).get();
        assertThat(released.state()).isEqualTo(RunState.QUEUED);
        assertThat(released.failures()).isZero();
        assertThat(released.lease()).isNull();
        assertThat(stage.claimAgain(released).run().attempt())
                .as("the fencing token grows")
                .isEqualTo(2);
        assertThat(pilot().runs().attempts(queued.id()).get(0).outcome()).isEqualTo("released");
        refused(LeaseLost.class, pilot().work().release(List.of(first)).get(0));
    }

    @Test
    void reportsAreAnsweredOneByOne() {
        RunStage stage = stage();
        stage.queued();
        stage.queued();
        List<Assignment> claimed = stage.claim(2);
        Lease stale = new Lease(
                claimed.get(0).run().id(),
                7,
                stage.worker,
                RunStage.leaseOf(claimed.get(0)).expiresAt());
        List<ItemResult<Run>> answers = pilot().work()
                .finish(List.of(
                        RunStage.succeeded(RunStage.leaseOf(claimed.get(0))).build(),
                        RunStage.succeeded(stale).build(),
                        RunStage.failed(RunStage.leaseOf(claimed.get(1))).build()));
        assertThat(answers.get(0).get().state()).isEqualTo(RunState.SUCCEEDED);
        LeaseLost lost = refused(LeaseLost.class, answers.get(1));
        assertThat(lost.runId()).isEqualTo(stale.runId().value());
        assertThat(lost.attempt()).isEqualTo(7);
        assertThat(lost.currentAttempt()).isEqualTo(1);
        assertThat(answers.get(2).get().state()).isEqualTo(RunState.QUEUED);
    }

    @ParameterizedTest
    @EnumSource(names = {"REVIEW", "SUCCEEDED", "FAILED"})
    void theSameReportTwiceIsOneReport(RunState state) {
        RunStage stage = stage();
        boolean failed = state == RunState.FAILED;
        stage.queued(RunPolicy.builder()
                .review(state == RunState.REVIEW)
                .maxAttempts(failed ? 1 : 3)
                .build());
        Lease lease = RunStage.leaseOf(stage.claim());
        FinishRun report = (failed ? RunStage.failed(lease) : RunStage.succeeded(lease))
                .usage(new Usage(1, 2, 3, 4, 5, 6, 7, 8))
                .build();
        Run first = pilot().work().finish(List.of(report)).get(0).get();
        List<Event> events = events(EventFilter.of(first.id()));
        Run second = pilot().work().finish(List.of(report)).get(0).get();
        assertThat(first.state()).isEqualTo(state);
        assertThat(second).isEqualTo(first);
        assertThat(events(EventFilter.of(first.id()))).isEqualTo(events);
    }

    @Test
    void aRequeuedAttemptReportedTwiceCountsOnce() {
        RunStage stage = stage();
        stage.queued();
        FinishRun report = RunStage.failed(RunStage.leaseOf(stage.claim())).build();
        Run first = pilot().work().finish(List.of(report)).get(0).get();
        assertThat(pilot().work().finish(List.of(report)).get(0).get()).isEqualTo(first);
        assertThat(first.failures()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"RUNNING", "GATES", "BLOCKED"})
    void anExpiredLeasePutsTheRunBackWhileAttemptsAreLeft(RunState state) {
        RunStage stage = stage();
        Run run = stage.in(state);
        expire(run);
        eventually().until(() -> pilot().runs().get(run.id()).state() == RunState.QUEUED);
        Run lost = pilot().runs().get(run.id());
        assertThat(lost.failures()).isEqualTo(1);
        assertThat(lost.lease()).isNull();
        assertThat(pilot().runs().attempts(run.id()).get(0).outcome()).isEqualTo("lost");
        Event last = statuses(run.id()).get(statuses(run.id()).size() - 1);
        assertThat(last.data().text("move")).isEqualTo("requeue");
        assertThat(last.data().text("reason")).isEqualTo("lease-expired");
        assertThat(stage.claimAgain(lost).run().attempt()).isEqualTo(2);
        assertExplained(run.id());
    }

    @Test
    void anExpiredLeaseFailsTheRunWhenNoAttemptIsLeft() {
        RunStage stage = stage();
        Task task = stage.task("task");
        Run run = pilot().runs()
                .create(stage.runFor(task)
                        .policy(RunPolicy.builder().maxAttempts(1).build())
                        .build());
        expire(stage.claim().run());
        eventually().until(() -> pilot().runs().get(run.id()).state() == RunState.FAILED);
        assertThat(Objects.requireNonNull(pilot().runs().get(run.id()).error()).code())
                .isEqualTo("worker-lost");
        eventually().untilAsserted(() -> assertTask(task, TaskStatus.TODO));
        assertExplained(run.id());
    }

    @Test
    void aLostRunsQuestionIsNotWaitedForAnyLonger() {
        RunStage stage = stage();
        Run run = stage.in(RunState.BLOCKED);
        expire(run);
        eventually().until(() -> pilot().runs().get(run.id()).state() == RunState.QUEUED);
        assertThat(approvals(run.id())).extracting(Approval::status).containsExactly(ApprovalStatus.EXPIRED);
    }

    @Test
    void aHeartbeatKeepsTheLease() {
        RunStage stage = stage();
        stage.queued();
        Run run = stage.claim().run();
        Lease lease = RunStage.leaseOf(run);
        for (int i = 0; i < 4; i++) {
            fixture().clock().advance(RunStage.LEASE.dividedBy(2));
            LeaseState kept = heartbeat(stage, lease).get(0);
            assertThat(kept.held()).isTrue();
            assertThat(kept.reason()).isNull();
            assertThat(kept.lease().expiresAt()).isAfter(lease.expiresAt());
            lease = kept.lease();
        }
        assertThat(pilot().runs().get(run.id()).state()).isEqualTo(RunState.RUNNING);
        assertThat(RunStage.leaseOf(pilot().runs().get(run.id())).expiresAt()).isEqualTo(lease.expiresAt());
    }

    @Test
    void aHeartbeatTellsOfEachLeaseInOrder() {
        RunStage stage = stage();
        stage.queued();
        stage.queued();
        stage.queued();
        List<Lease> leases = stage.claim(3).stream().map(RunStage::leaseOf).toList();
        pilot().runs().cancel(leases.get(0).runId(), "not needed");
        stage.finish(RunStage.succeeded(leases.get(2)));
        List<LeaseState> states = heartbeat(
                stage,
                leases.get(0),
                leases.get(1),
                leases.get(2),
                new Lease(
                        new RunId(unique("unknown")),
                        1,
                        stage.worker,
                        leases.get(0).expiresAt()));
        assertThat(states).extracting(LeaseState::held).containsExactly(false, true, false, false);
        assertThat(states.get(0).reason()).isEqualTo("cancelled");
        assertThat(states.get(2).reason()).isNotNull();
        assertThat(states.get(3).reason()).isNotNull();
        assertThat(states)
                .extracting(state -> state.lease().runId())
                .startsWith(leases.get(0).runId(), leases.get(1).runId());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("leaseLosses")
    void aWorkerThatLostItsLeaseChangesNothing(String way, LeaseLoss loss) {
        RunStage stage = stage();
        stage.queued();
        Lease lease = RunStage.leaseOf(stage.claim());
        loss.happens(this, stage, lease);
        Run before = pilot().runs().get(lease.runId());
        List<Event> events = events(EventFilter.of(lease.runId()));

        refused(LeaseLost.class, "lease-lost", () -> pilot().work().started(lease, "branch", "base"));
        refused(LeaseLost.class, "lease-lost", () -> pilot().work().gates(lease));
        refused(LeaseLost.class, "lease-lost", () -> pilot().work().ask(lease, RunStage.question(Risk.HIGH)));
        refused(
                LeaseLost.class,
                pilot().work()
                        .append(
                                lease,
                                List.of(NewEvent.builder(Subject.run(lease.runId()))
                                        .build())));
        refused(
                LeaseLost.class,
                "lease-lost",
                () -> pilot().work().output(lease, OutputStream.STDOUT, 0, "late".getBytes(StandardCharsets.UTF_8)));
        refused(
                LeaseLost.class,
                "lease-lost",
                () -> pilot().work()
                        .keep(
                                lease,
                                new NewArtifact(ArtifactKind.FILE, "late.txt", "text/plain", Json.object()),
                                new byte[] {1}));
        refused(LeaseLost.class, "lease-lost", () -> pilot().work().use(lease, new Usage(0, 1, 0, 0, 0, 0, 0, 0)));
        refused(LeaseLost.class, pilot().work().release(List.of(lease)).get(0));
        if (!way.equals("expired")) { // then nobody has claimed it again, and its report still counts
            FinishRun late = RunStage.succeeded(lease).summary("late").build();
            refused(LeaseLost.class, pilot().work().finish(List.of(late)).get(0));
        }
        assertThat(heartbeat(stage, lease).get(0).held()).isFalse();

        assertThat(pilot().runs().get(lease.runId())).isEqualTo(before);
        assertThat(events(EventFilter.of(lease.runId()))).isEqualTo(events);
        assertThat(pilot().runs().artifacts(lease.runId())).isEmpty();
        assertThat(approvals(lease.runId())).isEmpty();
        assertThat(pilot().runs()
                        .output(new OutputRequest(lease.runId(), 1, OutputStream.STDOUT, 0, 100))
                        .size())
                .isZero();
    }

    /** How a worker loses its lease. */
    interface LeaseLoss {
        /** Makes it happen. */
        void happens(RunLifecycleContract test, RunStage stage, Lease lease);
    }

    static Stream<Arguments> leaseLosses() {
        return Stream.of(
                way("cancelled", (test, stage, lease) -> test.pilot().runs().cancel(lease.runId(), null)),
                way("released", (test, stage, lease) -> test.pilot().work().release(List.of(lease))),
                way("expired", (test, stage, lease) -> {
                    test.expire(test.pilot().runs().get(lease.runId()));
                    eventually()
                            .until(() -> test.pilot().runs().get(lease.runId()).state() == RunState.QUEUED);
                }),
                way("claimed again", (test, stage, lease) -> {
                    test.pilot().work().release(List.of(lease));
                    stage.claimAgain(test.pilot().runs().get(lease.runId()));
                }));
    }

    private static Arguments way(String name, LeaseLoss loss) {
        return Arguments.of(name, loss);
    }

    @Test
    void anotherWorkersNameOnTheLeaseIsRefused() {
        RunStage stage = stage();
        stage.queued();
        Lease lease = RunStage.leaseOf(stage.claim());
        Lease other = new Lease(lease.runId(), lease.attempt(), new WorkerId(unique("thief")), lease.expiresAt());
        refused(LeaseLost.class, () -> pilot().work().gates(other));
        assertThat(pilot().runs().get(lease.runId()).state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void cancellingTellsWhyAndIsDoneOnce() {
        RunStage stage = stage();
        Task task = stage.task("task");
        Run run = pilot().runs().create(stage.runFor(task).build());
        stage.claim();
        Run cancelled = pilot().runs().cancel(run.id(), "changed our minds");
        assertThat(cancelled.state()).isEqualTo(RunState.CANCELLED);
        assertThat(cancelled.lease()).isNull();
        assertThat(cancelled.finishedAt()).isNotNull();
        assertTask(task, TaskStatus.TODO);
        List<Event> events = events(EventFilter.of(run.id()));
        assertThat(events.toString()).contains("changed our minds");
        assertThat(pilot().runs().cancel(run.id(), "again")).isEqualTo(cancelled);
        assertThat(events(EventFilter.of(run.id()))).isEqualTo(events);
    }

    @Test
    void aWorkerMayReportThatItsAttemptWasEndedOnRequest() {
        RunStage stage = stage();
        stage.queued();
        Lease lease = RunStage.leaseOf(stage.claim());
        Run cancelled = pilot().runs().cancel(lease.runId(), null);
        FinishRun report =
                FinishRun.builder(lease, RunResult.CANCELLED).summary("stopped").build();
        assertThat(pilot().work().finish(List.of(report)).get(0).get())
                .as("nothing new")
                .isEqualTo(cancelled);
    }

    /** What people can do to a run, and where the table of moves allows it. */
    enum Operation {
        APPROVE(RunMove.APPROVE),
        REJECT(RunMove.DECLINE, RunState.REVIEW),
        REJECT_AGAIN(RunMove.RETURN, RunState.PROPOSED),
        ACCEPT(RunMove.SUCCEED) {
            @Override
            boolean isLegalFrom(RunState state) {
                return state == RunState.REVIEW; // from where it is held, only a report leads to success
            }
        },
        CANCEL(RunMove.CANCEL, RunState.CANCELLED),
        RETRY(RunMove.RETRY);

        private final RunMove move;
        private final List<RunState> more;

        Operation(RunMove move, RunState... more) {
            this.move = move;
            this.more = List.of(more);
        }

        boolean isLegalFrom(RunState state) {
            return move.isLegalFrom(state) || more.contains(state);
        }

        Run apply(RunLifecycleContract test, RunId id) {
            return switch (this) {
                case APPROVE -> test.pilot().runs().approve(id, null);
                case REJECT -> test.pilot().runs().reject(id, null, false);
                case REJECT_AGAIN -> test.pilot().runs().reject(id, null, true);
                case ACCEPT -> test.pilot().runs().accept(id, null);
                case CANCEL -> test.pilot().runs().cancel(id, null);
                case RETRY -> test.pilot().runs().retry(id);
            };
        }
    }

    static Stream<Arguments> everyStateAndOperation() {
        return Stream.of(RunState.values())
                .flatMap(state -> Stream.of(Operation.values()).map(operation -> Arguments.of(state, operation)));
    }

    @ParameterizedTest(name = "{1} of a run that is {0}")
    @MethodSource("everyStateAndOperation")
    void whatTheTableOfMovesForbidsIsRefusedAndLeavesNoTrace(RunState state, Operation operation) {
        Run run = stage().in(state);
        List<Event> events = events(EventFilter.of(run.id()));
        if (operation.isLegalFrom(state)) {
            Run now = operation.apply(this, run.id());
            assertThat(pilot().runs().get(run.id())).isEqualTo(now);
            assertExplained(run.id());
        } else {
            NotAllowed error = refused(NotAllowed.class, "illegal-transition", () -> operation.apply(this, run.id()));
            assertThat(error.getMessage()).as("names the state").contains(state.wire());
            assertThat(pilot().runs().get(run.id())).isEqualTo(run);
            assertThat(events(EventFilter.of(run.id()))).isEqualTo(events);
        }
    }

    static Stream<Arguments> illegalWorkerMoves() {
        return Stream.of(
                Arguments.of(RunState.BLOCKED, RunMove.GATE),
                Arguments.of(RunState.GATES, RunMove.GATE),
                Arguments.of(RunState.BLOCKED, RunMove.INTERRUPT),
                Arguments.of(RunState.GATES, RunMove.INTERRUPT),
                Arguments.of(RunState.BLOCKED, RunMove.SUCCEED));
    }

    @ParameterizedTest(name = "{1} of a run that is {0}")
    @MethodSource("illegalWorkerMoves")
    void aWorkerTooKeepsToTheTableOfMoves(RunState state, RunMove move) {
        RunStage stage = stage();
        Run run = stage.in(state);
        List<Event> events = events(EventFilter.of(run.id()));
        Lease lease = RunStage.leaseOf(run);
        NotAllowed error = refused(NotAllowed.class, "illegal-transition", () -> {
            if (move == RunMove.GATE) {
                pilot().work().gates(lease);
            } else if (move == RunMove.INTERRUPT) {
                Json.Obj another = Json.object("move", move);
                pilot().work()
                        .ask(
                                lease,
                                RunStage.question(Risk.LOW).toBuilder()
                                        .payload(another)
                                        .build());
            } else {
                stage.finish(RunStage.succeeded(lease));
            }
        });
        assertThat(error.getMessage()).contains(state.wire());
        assertThat(pilot().runs().get(run.id())).isEqualTo(run);
        assertThat(events(EventFilter.of(run.id()))).isEqualTo(events);
    }

    @Test
    void aProposedRunThatIsDeclinedIsCancelled() {
        Run run = stage().in(RunState.PROPOSED);
        Run declined = pilot().runs().reject(run.id(), "too dear", false);
        assertThat(declined.state()).isEqualTo(RunState.CANCELLED);
        assertThat(moves(run.id())).containsExactly("create", "decline");
        assertThat(approvals(run.id())).singleElement().satisfies(approval -> {
            assertThat(approval.kind()).isEqualTo(ApprovalKind.START);
            assertThat(approval.status()).isEqualTo(ApprovalStatus.REJECTED);
            assertThat(approval.comment()).isEqualTo("too dear");
        });
    }

    @Test
    void aRejectedResultFailsTheRun() {
        RunStage stage = stage();
        Task task = stage.task("task");
        pilot().runs()
                .create(stage.runFor(task)
                        .policy(RunPolicy.builder().review(true).build())
                        .build());
        Run review = stage.finish(RunStage.succeeded(RunStage.leaseOf(stage.claim())));
        Run rejected = pilot().runs().reject(review.id(), "wrong idea", false);
        assertThat(rejected.state()).isEqualTo(RunState.FAILED);
        assertThat(Objects.requireNonNull(rejected.error()).code()).isEqualTo("rejected");
        assertTask(task, TaskStatus.TODO);
        assertExplained(review.id());
    }

    @Test
    void theNextAttemptGetsTheDiffThatTheFeedbackIsAbout() {
        RunStage stage = stage();
        stage.queued(RunPolicy.builder().review(true).build());
        Lease lease = RunStage.leaseOf(stage.claim());
        String diff = "--- a/file\n+++ b/file\n@@ -1 +1 @@\n-old\n+new\n";
        pilot().work()
                .keep(
                        lease,
                        new NewArtifact(ArtifactKind.DIFF, "changes.diff", "text/x-diff", Json.object()),
                        diff.getBytes(StandardCharsets.UTF_8));
        Run review = stage.finish(RunStage.succeeded(lease));
        Run again = pilot().runs().reject(review.id(), "not new enough", true);
        Assignment second = stage.claimAgain(again);
        assertThat(second.previousDiff()).isEqualTo(diff);
        assertThat(second.run().feedback()).isEqualTo("not new enough");
    }

    @Test
    void usageAddsUpOverCallsAndAttempts() {
        RunStage stage = stage();
        stage.queued();
        Lease lease = RunStage.leaseOf(stage.claim());
        Usage some = new Usage(0, 10, 1, 100, 1, 0, 0, 0);
        pilot().work().use(lease, some);
        Run used = pilot().work().use(lease, some);
        assertThat(used.usage()).isEqualTo(some.plus(some));
        Run requeued = stage.finish(RunStage.failed(lease).usage(new Usage(0, 5, 0, 0, 0, 0, 0, 0)));
        Run second = pilot().work().use(RunStage.leaseOf(stage.claimAgain(requeued)), some);
        assertThat(second.usage().inputTokens()).isEqualTo(35);
        assertThat(second.usage().toolCalls()).isEqualTo(3);
    }

    @Test
    void goingOverTheBudgetFailsTheRunWhereThePolicySaysSo() {
        RunStage stage = stage();
        pilot().runs()
                .create(stage.run()
                        .budget(Budget.builder().tokens(100L).build())
                        .build());
        Lease lease = RunStage.leaseOf(stage.claim());
        assertThat(pilot().work()
                        .use(lease, new Usage(0, 60, 40, 0, 0, 0, 0, 0))
                        .state())
                .as("the last token allowed")
                .isEqualTo(RunState.RUNNING);
        Run over = pilot().work().use(lease, new Usage(0, 0, 1, 0, 0, 0, 0, 0));
        assertThat(over.state()).isEqualTo(RunState.FAILED);
        assertThat(Objects.requireNonNull(over.error()).message()).contains("100");
        assertThat(heartbeat(stage, lease).get(0).held()).isFalse();
        assertExplained(over.id());
    }

    @Test
    void goingOverTheBudgetAsksWhereThePolicySaysSo() {
        RunStage stage = stage();
        pilot().runs()
                .create(stage.run()
                        .budget(Budget.builder().toolCalls(1L).build())
                        .policy(RunPolicy.builder()
                                .onBudget(BudgetRule.INTERRUPT)
                                .build())
                        .build());
        Lease lease = RunStage.leaseOf(stage.claim());
        Run blocked = pilot().work().use(lease, new Usage(0, 0, 0, 0, 2, 0, 0, 0));
        assertThat(blocked.state()).isEqualTo(RunState.BLOCKED);
        Approval approval = approvals(blocked.id()).get(0);
        assertThat(approval.kind()).isEqualTo(ApprovalKind.BUDGET);
        pilot().approvals().decide(approval.id(), Decision.approve());
        assertThat(pilot().runs().get(blocked.id()).state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void anOutsideAgentReportsItsOwnRun() {
        RunStage stage = stage();
        Task task = stage.task("task");
        String session = unique("session");
        Run run = pilot().runs()
                .create(stage.runFor(task)
                        .profile(
                                RunProfile.builder().runner(RunnerKind.EXTERNAL).build())
                        .externalId(session)
                        .build());
        assertThat(run.state()).isEqualTo(RunState.RUNNING);
        assertThat(run.attempt()).isEqualTo(1);
        assertThat(RunStage.leaseOf(run).workerId()).isEqualTo(new WorkerId("external"));
        assertTask(task, TaskStatus.IN_PROGRESS);
        assertThat(stage.claim(1)).as("nobody else's").isEmpty();

        Lease lease = RunStage.leaseOf(run);
        done(pilot().work()
                .append(
                        lease,
                        List.of(NewEvent.builder(Subject.run(run.id()))
                                .title("working")
                                .build())));
        pilot().work().output(lease, OutputStream.STDOUT, 0, "hello\n".getBytes(StandardCharsets.UTF_8));
        Run over = stage.finish(RunStage.succeeded(lease));
        assertThat(over.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(pilot().runs().get(new RunId(session))).isEqualTo(over);
        assertTask(task, TaskStatus.DONE);
        assertExplained(run.id());
    }

    @Test
    void anOutsideAgentThatFallsSilentFailsItsRun() {
        RunStage stage = stage();
        Run run = external(stage, unique("session"));
        Lease lease = RunStage.leaseOf(run);
        for (int i = 0; i < 3; i++) {
            fixture().clock().advance(Duration.ofMinutes(50));
            done(pilot().work()
                    .append(
                            lease,
                            List.of(NewEvent.builder(Subject.run(run.id()))
                                    .title("still here")
                                    .build())));
        }
        assertThat(pilot().runs().get(run.id()).state())
                .as("every write renews it")
                .isEqualTo(RunState.RUNNING);
        fixture().clock().advance(Duration.ofMinutes(61));
        eventually().until(() -> pilot().runs().get(run.id()).state() == RunState.FAILED);
        assertThat(Objects.requireNonNull(pilot().runs().get(run.id()).error()).code())
                .isEqualTo("silent");
        refused(LeaseLost.class, () -> pilot().work().use(lease, Usage.NONE));
        assertExplained(run.id());
    }

    @Test
    void whatAnOutsideAgentReportsNobodyElseTakesOver() {
        RunStage stage = stage();
        Run failing = external(stage, unique("session"));
        Run failed = stage.finish(RunStage.failed(RunStage.leaseOf(failing)));
        assertThat(failed.state()).isEqualTo(RunState.FAILED);
        refused(NotAllowed.class, () -> pilot().runs().retry(failing.id()));

        Run givenBack = external(stage, unique("session"));
        Lease lease = RunStage.leaseOf(givenBack);
        refused(
                NotAllowed.class,
                () -> pilot().work().release(List.of(lease)).get(0).get());
        Run cancelled = stage.finish(FinishRun.builder(lease, RunResult.CANCELLED));
        assertThat(cancelled.state()).isEqualTo(RunState.CANCELLED);
        assertExplained(failing.id());
        assertExplained(givenBack.id());
    }

    @Test
    void aGateThatIsNotReportedHasNotPassed() {
        RunStage stage = stage();
        stage.queued(RunPolicy.builder()
                .gates(List.of(RunStage.TEST_GATE))
                .maxAttempts(1)
                .build());

        Run over = stage.finish(RunStage.succeeded(RunStage.leaseOf(stage.claim())));

        assertThat(over.state()).isEqualTo(RunState.FAILED);
        assertThat(Objects.requireNonNull(over.error()).code()).isEqualTo("gate-missing");
    }

    @Test
    void aLeaseIsNoLongerThanTheHubAllows() {
        RunStage stage = stage();
        stage.queued();
        Run run = stage.claim(stage.request().lease(Duration.ofDays(1))).run();
        assertThat(RunStage.leaseOf(run).expiresAt())
                .isBefore(fixture().clock().instant().plus(Duration.ofMinutes(11)));
    }

    @Test
    void aWrongCommandOfAWorkerIsInvalid() {
        RunStage stage = stage();
        refused(
                InvalidInput.class,
                pilot().work().claim(stage.request().limit(-1).build()));
        refused(
                InvalidInput.class,
                pilot().work()
                        .claim(stage.request().lease(Duration.ofSeconds(-1)).build()));
    }

    private Run external(RunStage stage, String session) {
        return pilot().runs()
                .create(stage.run()
                        .profile(
                                RunProfile.builder().runner(RunnerKind.EXTERNAL).build())
                        .externalId(session)
                        .build());
    }

    private void expire(Run run) {
        fixture()
                .clock()
                .advance(Duration.between(
                        fixture().clock().instant(),
                        RunStage.leaseOf(run).expiresAt().plusSeconds(1)));
    }

    private List<LeaseState> heartbeat(RunStage stage, Lease... leases) {
        return pilot().work()
                .heartbeat(new HeartbeatRequest(stage.worker, List.of(leases), RunStage.LEASE))
                .leases();
    }

    private void assertTask(Task task, TaskStatus status) {
        assertThat(pilot().tasks().get(task.id()).status()).isEqualTo(status);
    }

    private List<Approval> approvals(RunId id) {
        return pilot().approvals()
                .list(ApprovalFilter.builder().runId(id).build(), PageRequest.first())
                .items();
    }

    private List<Event> statuses(RunId id) {
        return events(new EventFilter(null, id, null, "status"));
    }

    private List<String> moves(RunId id) {
        return statuses(id).stream()
                .map(event -> String.valueOf(event.data().text("move")))
                .toList();
    }

    /** Replays the run's events, each step against the table of moves: the last one gives its state. */
    private void assertExplained(RunId id) {
        Run run = pilot().runs().get(id);
        RunState[] state = new RunState[1];
        int[] attempt = new int[1];
        Consumer<Event> step = event -> {
            RunState to =
                    Named.parse(RunState.class, String.valueOf(event.data().text("to")), "to");
            if (state[0] == null) {
                assertThat(event.data().text("move")).isEqualTo("create");
                assertThat(event.data().get("from")).isNull();
            } else {
                RunMove move =
                        Named.parse(RunMove.class, String.valueOf(event.data().text("move")), "move");
                assertThat(event.data().text("from")).isEqualTo(state[0].wire());
                assertThat(move.isLegalFrom(state[0]))
                        .as(move + " from " + state[0])
                        .isTrue();
                assertThat(to).isEqualTo(move.to());
            }
            assertThat(event.subject()).isEqualTo(Subject.run(run.id()));
            assertThat(event.projectId()).isEqualTo(run.projectId());
            state[0] = to;
            attempt[0] = (int) event.data().number("attempt", -1);
        };
        statuses(run.id()).forEach(step);
        assertThat(state[0]).as("the state after all events").isEqualTo(run.state());
        assertThat(attempt[0]).isEqualTo(run.attempt());
    }
}
