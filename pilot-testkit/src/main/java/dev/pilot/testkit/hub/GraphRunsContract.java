package dev.pilot.testkit.hub;

import static dev.pilot.testkit.hub.RunStage.failed;
import static dev.pilot.testkit.hub.RunStage.leaseOf;
import static dev.pilot.testkit.hub.RunStage.succeeded;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.Scope;
import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.Conflict;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.ActionKind;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.project.GraphState;
import dev.pilot.api.project.GraphTask;
import dev.pilot.api.project.Plan;
import dev.pilot.api.project.PlanTask;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.project.UpdateTask;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.BudgetScope;
import dev.pilot.api.run.BudgetUse;
import dev.pilot.api.run.CreateAgent;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.FailureRule;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.GraphNodeState;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.GraphRunFilter;
import dev.pilot.api.run.GraphRunState;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.StartGraph;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.Usage;
import dev.pilot.api.run.WaitKind;
import dev.pilot.api.run.WaitReason;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a hub promises about task graphs that run by themselves. */
public abstract class GraphRunsContract extends HubContract {
    /** For subclasses. */
    protected GraphRunsContract() {}

    @Test
    void whatIsReadyBecomesARunAndWhatDependsOnItFollows() {
        RunStage stage = stage();
        Task first = stage.task("first");
        Task left = stage.task("left", first.id());
        Task right = stage.task("right", first.id());
        Task last = stage.task("last", left.id(), right.id());
        GraphRun graph = pilot().graphs().start(start(stage).build());

        assertThat(graph.id().value()).startsWith("grn_");
        assertThat(graph.state()).isEqualTo(GraphRunState.RUNNING);
        assertThat(graph.counts().total()).isEqualTo(4);
        assertThat(states(graph)).containsExactly("first running", "left waiting", "right waiting", "last waiting");

        Assignment begun = done(stage, first);
        assertThat(begun.run().graphRunId()).isEqualTo(graph.id());
        assertThat(states(graph)).containsExactly("first done", "left running", "right running", "last waiting");
        Assignment leftRun = stage.claim();
        Assignment rightRun = stage.claim();
        stage.finish(succeeded(leaseOf(leftRun)));
        assertThat(task(graph, last).waitingFor())
                .containsExactly(requireNonNull(rightRun.run().taskId()));
        stage.finish(succeeded(leaseOf(rightRun)));
        done(stage, last);

        GraphRun over = pilot().graphs().get(graph.id());
        assertThat(over.state()).isEqualTo(GraphRunState.SUCCEEDED);
        assertThat(over.counts().done()).isEqualTo(4);
        assertThat(over.finishedAt()).isNotNull();
        assertThat(runsOf(graph))
                .hasSize(4)
                .allSatisfy(run -> assertThat(run.state()).isEqualTo(RunState.SUCCEEDED));
        assertThat(moves(graph)).containsExactly("create", "succeed");
    }

    @Test
    void itsRunsShareItsBudget() {
        RunStage stage = stage();
        stage.task("one");
        stage.task("two");
        GraphRun graph = pilot().graphs()
                .start(start(stage)
                        .budget(Budget.builder().tokens(100L).build())
                        .build());
        BudgetUse set = pilot().budgets().list().stream()
                .filter(use -> use.budget().key().equals(graph.id().value()))
                .findFirst()
                .orElseThrow();
        assertThat(set.budget().scope()).isEqualTo(BudgetScope.GRAPH_RUN);
        assertThat(set.budget().limits().tokens()).isEqualTo(100);

        Assignment one = stage.claim();
        pilot().work().use(leaseOf(one), new Usage(0, 60, 40, 0, 0, 0, 0, 0));
        stage.finish(succeeded(leaseOf(one)));

        assertThat(stage.claim(1)).as("nothing is left").isEmpty();
        Run two = runsOf(graph).stream()
                .filter(run -> run.state() == RunState.QUEUED)
                .findFirst()
                .orElseThrow();
        assertThat(pilot().runs().whyWaiting(two.id()).reasons())
                .extracting(WaitReason::kind)
                .contains(WaitKind.BUDGET);
        invalid(
                "budget.changedFiles",
                () -> pilot().graphs()
                        .start(start(stage)
                                .budget(Budget.builder().changedFiles(1L).build())
                                .build()));
    }

    @Test
    void theStateSaysAllInOneCall() {
        RunStage stage = stage();
        Task a = stage.task("a");
        Task b = stage.task("b", a.id());
        Task c = stage.task("c", b.id());
        Task alone = stage.task("alone");
        GraphRun graph = pilot().graphs().start(start(stage).build());
        stage.finish(failed(leaseOf(claimOf(stage, a))));

        GraphState state = pilot().graphs().state(graph.id());
        assertThat(state.graphRun()).isEqualTo(pilot().graphs().get(graph.id()));
        assertThat(state.levels()).containsExactly(List.of(a.id(), alone.id()), List.of(b.id()), List.of(c.id()));
        assertThat(state.edges()).hasSize(2);
        assertThat(state.criticalPath()).containsExactly(a.id(), b.id(), c.id());
        assertThat(task(graph, a).state()).isEqualTo(GraphNodeState.FAILED);
        assertThat(task(graph, a).runState()).isEqualTo(RunState.FAILED);
        assertThat(task(graph, a).problem()).isEqualTo("exited with 3");
        assertThat(task(graph, b).blockedBy()).containsExactly(a.id());
        assertThat(task(graph, c).blockedBy()).containsExactly(b.id());
        assertThat(task(graph, c).level()).isEqualTo(2);
        assertThat(state.graphRun().counts().blocked()).isEqualTo(2);
    }

    @Test
    void aFailedTaskBlocksWhatDependsOnItAndTheRestGoesOn() {
        RunStage stage = stage();
        Task bad = stage.task("bad");
        Task behind = stage.task("behind", bad.id());
        Task far = stage.task("far", behind.id());
        Task good = stage.task("good");
        Task after = stage.task("after", good.id());
        GraphRun graph = pilot().graphs().start(start(stage).build());

        stage.finish(failed(leaseOf(claimOf(stage, bad))));
        assertThat(pilot().graphs().get(graph.id()).state()).isEqualTo(GraphRunState.RUNNING);
        done(stage, good);
        done(stage, after);

        GraphRun over = pilot().graphs().get(graph.id());
        assertThat(over.state()).isEqualTo(GraphRunState.FAILED);
        assertThat(over.counts().done()).isEqualTo(2);
        assertThat(over.counts().failed()).isEqualTo(1);
        assertThat(over.counts().blocked()).isEqualTo(2);
        Event told = events(new EventFilter(Subject.graphRun(graph.id()), null, null, null)).stream()
                .filter(event -> event.type().equals("task-failed"))
                .reduce((one, other) -> {
                    throw new AssertionError("said twice: " + one + other);
                })
                .orElseThrow();
        assertThat(told.data().text("taskId")).isEqualTo(bad.id().value());
        assertThat(told.data().get("blocked"))
                .isEqualTo(Json.of(List.of(behind.id().value(), far.id().value())));
        assertThat(pilot().tasks().get(bad.id()).status()).isEqualTo(TaskStatus.TODO);
    }

    @Test
    void whatFailedIsRetriedAndWhatItBlockedGoesOn() {
        RunStage stage = stage();
        Task bad = stage.task("bad");
        Task behind = stage.task("behind", bad.id());
        GraphRun graph = pilot().graphs().start(start(stage).build());
        Run failed = stage.finish(failed(leaseOf(stage.claim())));
        assertThat(pilot().graphs().get(graph.id()).state()).isEqualTo(GraphRunState.FAILED);

        GraphRun again = pilot().graphs().retryFailed(graph.id());
        assertThat(again.state()).isEqualTo(GraphRunState.RUNNING);
        assertThat(states(graph)).containsExactly("bad running", "behind waiting");
        assertThat(pilot().graphs().retryFailed(graph.id())).as("twice is once").isEqualTo(again);
        Assignment second = stage.claim();
        assertThat(second.run().id()).as("the same run is retried").isEqualTo(failed.id());
        stage.finish(succeeded(leaseOf(second)));
        done(stage, behind);

        assertThat(pilot().graphs().get(graph.id()).state()).isEqualTo(GraphRunState.SUCCEEDED);
        assertThat(moves(graph)).containsExactly("create", "fail", "retry", "succeed");
        assertThat(pilot().graphs().retryFailed(graph.id()).state()).isEqualTo(GraphRunState.SUCCEEDED);
        assertThat(runsOf(graph)).hasSize(2);
    }

    @Test
    void aRunThatIsRetriedByItselfBringsItsGraphRunBack() {
        RunStage stage = stage();
        Task bad = stage.task("bad");
        Task behind = stage.task("behind", bad.id());
        GraphRun graph = pilot().graphs().start(start(stage).build());
        Run failed = stage.finish(failed(leaseOf(stage.claim())));

        pilot().runs().retry(failed.id());
        assertThat(pilot().graphs().get(graph.id()).state()).isEqualTo(GraphRunState.RUNNING);
        assertThat(states(graph)).containsExactly("bad running", "behind waiting");
        done(stage, bad);
        done(stage, behind);
        assertThat(pilot().graphs().get(graph.id()).state()).isEqualTo(GraphRunState.SUCCEEDED);
    }

    @Test
    void stoppingBeginsNothingMoreAfterAFailure() {
        RunStage stage = stage();
        List<Task> tasks =
                IntStream.range(0, 4).mapToObj(i -> stage.task("t" + i)).toList();
        GraphRun graph =
                pilot().graphs().start(start(stage).onFailure(FailureRule.STOP).build());
        Assignment bad = stage.claim();
        Assignment good = stage.claim();
        stage.finish(failed(leaseOf(bad)));

        assertThat(stage.claim(5)).isEmpty();
        assertThat(pilot().graphs().get(graph.id()).state())
                .as("what has begun goes on")
                .isEqualTo(GraphRunState.RUNNING);
        stage.finish(succeeded(leaseOf(good)));
        GraphRun over = pilot().graphs().get(graph.id());
        assertThat(over.state()).isEqualTo(GraphRunState.FAILED);
        assertThat(over.counts().ready()).isEqualTo(2);

        pilot().graphs().retryFailed(graph.id());
        for (int i = 0; i < tasks.size() - 1; i++) {
            stage.finish(succeeded(leaseOf(stage.claim())));
        }
        assertThat(pilot().graphs().get(graph.id()).state()).isEqualTo(GraphRunState.SUCCEEDED);
    }

    @Test
    void twoOverTheSameTasksGoOnWhenOneStops() {
        RunStage stage = stage();
        Task one = stage.task("one");
        stage.task("two");
        GraphRun stopping =
                pilot().graphs().start(start(stage).onFailure(FailureRule.STOP).build());
        GraphRun other = pilot().graphs().start(start(stage).build());

        Run failed = stage.finish(failed(leaseOf(claimOf(stage, one))));

        assertThat(failed.state()).isEqualTo(RunState.FAILED);
        assertThat(pilot().graphs().get(stopping.id()).counts().failed()).isEqualTo(1);
        GraphRun goesOn = pilot().graphs().get(other.id());
        assertThat(goesOn.state()).isEqualTo(GraphRunState.RUNNING);
        assertThat(runsOf(other)).as("it makes runs of its own").isNotEmpty();
    }

    @Test
    void noMoreRunsAreThereThanWereAskedFor() {
        RunStage stage = stage();
        IntStream.range(0, 5).forEach(i -> stage.task("t" + i));
        GraphRun graph = pilot().graphs().start(start(stage).maxActive(2).build());

        for (int left = 5; left > 0; left--) {
            assertThat(pilot().graphs().get(graph.id()).counts().running()).isEqualTo(Math.min(2, left));
            assertThat(runsOf(graph).stream().filter(run -> !run.state().isFinal()))
                    .hasSize(Math.min(2, left));
            stage.finish(succeeded(leaseOf(stage.claim())));
        }
        assertThat(pilot().graphs().get(graph.id()).state()).isEqualTo(GraphRunState.SUCCEEDED);
    }

    @Test
    void manyReadyTasksAllGetTheirRuns() {
        RunStage stage = stage();
        List<PlanTask> tasks = IntStream.range(0, 250)
                .mapToObj(i -> PlanTask.builder("k" + i, "task " + i).build())
                .toList();
        pilot().tasks().importPlan(stage.project.id(), new Plan(tasks));
        GraphRun graph = pilot().graphs().start(start(stage).build());

        eventually()
                .untilAsserted(() -> assertThat(
                                pilot().graphs().get(graph.id()).counts().running())
                        .isEqualTo(250));
        pilot().graphs().cancel(graph.id());
        assertThat(stage.claim(10)).isEmpty();
        eventually()
                .untilAsserted(() -> assertThat(
                                pilot().graphs().get(graph.id()).counts().cancelled())
                        .isEqualTo(250));
        assertThat(walk(
                        100,
                        page -> pilot().runs()
                                .list(RunFilter.builder().graphRunId(graph.id()).build(), page)))
                .hasSize(250)
                .allSatisfy(run -> assertThat(run.state()).isEqualTo(RunState.CANCELLED));
    }

    @Test
    void onlySomeTasksAreCarriedOutWithAllThatTheyNeed() {
        RunStage stage = stage();
        Task base = stage.task("base");
        Task wanted = stage.task("wanted", base.id());
        stage.task("beyond", wanted.id());
        stage.task("other");
        GraphRun graph =
                pilot().graphs().start(start(stage).tasks(List.of(wanted.id())).build());

        assertThat(states(graph)).containsExactly("base running", "wanted waiting");
        done(stage, base);
        done(stage, wanted);
        assertThat(pilot().graphs().get(graph.id()).state()).isEqualTo(GraphRunState.SUCCEEDED);
        assertThat(stage.claim(1)).isEmpty();
    }

    @Test
    void tasksThatAreDoneAreSkippedAndCancelledOnesLeftOut() {
        RunStage stage = stage();
        Task before = stage.task("before");
        Task next = stage.task("next", before.id());
        Task given = stage.task("given up");
        set(before, TaskStatus.DONE);
        set(given, TaskStatus.CANCELLED);
        GraphRun graph = pilot().graphs().start(start(stage).build());

        assertThat(states(graph)).containsExactly("before done", "next running");
        done(stage, next);
        assertThat(pilot().graphs().get(graph.id()).state()).isEqualTo(GraphRunState.SUCCEEDED);
        assertThat(pilot().graphs().start(start(stage).build()).state())
                .as("nothing is left to be done")
                .isEqualTo(GraphRunState.SUCCEEDED);
    }

    @Test
    void peopleAndActionsFinishTasksToo() {
        RunStage stage = stage();
        Task byPerson = stage.task("by a person");
        Task byAction = stage.task("by an action", byPerson.id());
        Task last = stage.task("last", byAction.id());
        GraphRun graph = pilot().graphs().start(start(stage).build());
        Run queued = runsOf(graph).get(0);

        set(byPerson, TaskStatus.DONE);
        assertThat(pilot().runs().get(queued.id()).state())
                .as("nobody has begun it, and nobody needs it any more")
                .isEqualTo(RunState.CANCELLED);
        assertThat(pilot().tasks().get(byPerson.id()).status()).isEqualTo(TaskStatus.DONE);
        assertThat(states(graph)).containsExactly("by a person done", "by an action running", "last waiting");
        pilot().projects()
                .apply(List.of(ApplyAction.builder(stage.project.id(), ActionKind.SET_TASK_STATUS)
                        .params(Json.object("taskId", byAction.id().value(), "status", "done"))
                        .build()));
        assertThat(states(graph)).containsExactly("by a person done", "by an action done", "last running");
        done(stage, last);
        assertThat(pilot().graphs().get(graph.id()).state()).isEqualTo(GraphRunState.SUCCEEDED);
    }

    @Test
    void aTaskThatSomebodyElseIsAtIsWaitedFor() {
        RunStage stage = stage();
        Task theirs = stage.task("theirs");
        Task personal = stage.task("personal");
        Task after = stage.task("after", theirs.id(), personal.id());
        Run other = pilot().runs().create(stage.runFor(theirs).build());
        set(personal, TaskStatus.IN_PROGRESS);
        GraphRun graph = pilot().graphs().start(start(stage).build());
        assertThat(states(graph)).containsExactly("theirs elsewhere", "personal elsewhere", "after waiting");
        assertThat(runsOf(graph)).isEmpty();

        Assignment claimed = stage.claim();
        assertThat(claimed.run().id()).isEqualTo(other.id());
        stage.finish(succeeded(leaseOf(claimed)));
        assertThat(states(graph)).containsExactly("theirs done", "personal elsewhere", "after waiting");
        set(personal, TaskStatus.TODO);
        assertThat(task(graph, personal).state()).as("it was given back").isEqualTo(GraphNodeState.RUNNING);
        done(stage, personal);
        done(stage, after);
        assertThat(pilot().graphs().get(graph.id()).state()).isEqualTo(GraphRunState.SUCCEEDED);
    }

    @Test
    void aRunElsewhereThatIsCancelledLeavesTheTaskToTheGraph() {
        RunStage stage = stage();
        Task theirs = stage.task("theirs");
        Run other = pilot().runs().create(stage.runFor(theirs).build());
        GraphRun graph = pilot().graphs().start(start(stage).build());
        assertThat(states(graph)).containsExactly("theirs elsewhere");

        pilot().runs().cancel(other.id(), null);
        assertThat(states(graph)).containsExactly("theirs running");
    }

    @Test
    void aCancelledTaskAndACancelledRunBlockWhatDependsOnThem() {
        RunStage stage = stage();
        Task task = stage.task("task");
        Task run = stage.task("run");
        Task behindTask = stage.task("behind task", task.id());
        Task behindRun = stage.task("behind run", run.id());
        GraphRun graph = pilot().graphs().start(start(stage).build());
        set(task, TaskStatus.CANCELLED);
        pilot().runs().cancel(requireNonNull(task(graph, run).runId()), "no");

        assertThat(states(graph))
                .containsExactly("task cancelled", "run cancelled", "behind task blocked", "behind run blocked");
        assertThat(pilot().tasks().get(task.id()).status()).isEqualTo(TaskStatus.CANCELLED);
        assertThat(pilot().graphs().get(graph.id()).state()).isEqualTo(GraphRunState.FAILED);

        pilot().graphs().retryFailed(graph.id());
        assertThat(states(graph))
                .containsExactly("task cancelled", "run running", "behind task blocked", "behind run waiting");
        done(stage, run);
        done(stage, behindRun);
        set(task, TaskStatus.DONE);
        assertThat(pilot().graphs().get(graph.id()).state()).isEqualTo(GraphRunState.FAILED);
        pilot().graphs().retryFailed(graph.id());
        done(stage, behindTask);
        assertThat(pilot().graphs().get(graph.id()).state()).isEqualTo(GraphRunState.SUCCEEDED);
    }

    @Test
    void aPausedOneBeginsNothingUntilItIsResumed() {
        RunStage stage = stage();
        Task running = stage.task("running");
        Task next = stage.task("next", running.id());
        stage.task("queued");
        GraphRun graph = pilot().graphs().start(start(stage).build());
        Assignment held = claimOf(stage, running);
        GraphRun paused = pilot().graphs().pause(graph.id());

        assertThat(paused.state()).isEqualTo(GraphRunState.PAUSED);
        assertThat(pilot().graphs().pause(graph.id())).isEqualTo(paused);
        assertThat(stage.claim(5)).as("queued ones are not claimed").isEmpty();
        Run queued = runsOf(graph).stream()
                .filter(run -> run.state() == RunState.QUEUED)
                .findFirst()
                .orElseThrow();
        assertThat(pilot().runs().whyWaiting(queued.id()).reasons().get(0).kind())
                .isEqualTo(WaitKind.GRAPH_RUN);
        stage.finish(succeeded(leaseOf(held)));
        assertThat(task(graph, next).state()).isEqualTo(GraphNodeState.READY);

        GraphRun resumed = pilot().graphs().resume(graph.id());
        assertThat(resumed.state()).isEqualTo(GraphRunState.RUNNING);
        assertThat(pilot().graphs().resume(graph.id())).isEqualTo(resumed);
        assertThat(stage.claim(5)).hasSize(2);
        assertThat(moves(graph)).containsExactly("create", "pause", "resume");
    }

    @Test
    void aCancelledOneTakesItsRunsAlong() {
        RunStage stage = stage();
        Task running = stage.task("running");
        stage.task("queued");
        stage.task("waiting", running.id());
        GraphRun graph = pilot().graphs().start(start(stage).build());
        Assignment held = claimOf(stage, running);
        GraphRun cancelled = pilot().graphs().cancel(graph.id());

        assertThat(cancelled.state()).isEqualTo(GraphRunState.CANCELLED);
        assertThat(pilot().graphs().cancel(graph.id())).isEqualTo(cancelled);
        assertThat(runsOf(graph))
                .hasSize(2)
                .allSatisfy(run -> assertThat(run.state()).isEqualTo(RunState.CANCELLED));
        assertThat(pilot().work()
                        .finish(List.of(succeeded(leaseOf(held)).build()))
                        .get(0)
                        .isDone())
                .isFalse();
        refused(NotAllowed.class, "illegal-transition", () -> pilot().graphs().retryFailed(graph.id()));
        refused(NotAllowed.class, "illegal-transition", () -> pilot().graphs().pause(graph.id()));
        assertThat(pilot().tasks().get(running.id()).status()).isEqualTo(TaskStatus.TODO);
        assertThat(moves(graph)).containsExactly("create", "cancel");
    }

    @Test
    void oneApprovalGoesForAllOfItsRuns() {
        RunStage stage = stage();
        Task first = stage.task("first");
        Task second = stage.task("second", first.id());
        GraphRun graph = pilot().graphs()
                .start(start(stage)
                        .policy(RunPolicy.builder().approval(true).build())
                        .approval(true)
                        .budget(Budget.builder().costMicros(5_000_000L).build())
                        .maxActive(3)
                        .build());

        assertThat(graph.state()).isEqualTo(GraphRunState.PROPOSED);
        assertThat(runsOf(graph)).isEmpty();
        Approval approval = pilot().approvals().get(requireNonNull(graph.approvalId()));
        assertThat(approval.kind()).isEqualTo(ApprovalKind.START);
        assertThat(approval.subject()).isEqualTo(Subject.graphRun(graph.id()));
        assertThat(approval.projectId()).isEqualTo(stage.project.id());
        assertThat(approval.payload().toString())
                .contains(first.id().value(), second.id().value(), "first", "second", "5000000");
        invalid(
                "verdict",
                () -> pilot().approvals().decide(approval.id(), Decision.edit(Json.object("maxActive", 9), null)));

        Approval decided = pilot().approvals().decide(approval.id(), Decision.approve());
        assertThat(decided.effectAt()).isNotNull();
        assertThat(pilot().graphs().get(graph.id()).state()).isEqualTo(GraphRunState.RUNNING);
        done(stage, first);
        done(stage, second);
        assertThat(pilot().graphs().get(graph.id()).state()).isEqualTo(GraphRunState.SUCCEEDED);
        assertThat(pilot().approvals()
                        .list(
                                new ApprovalFilter(null, ApprovalKind.START, null, stage.project.id()),
                                PageRequest.first(10))
                        .items())
                .hasSize(1);
    }

    @Test
    void oneThatIsRejectedOrCancelledBeforeNeverBegins() {
        RunStage stage = stage();
        stage.task("task");
        GraphRun rejected = pilot().graphs().start(start(stage).approval(true).build());
        pilot().approvals().decide(requireNonNull(rejected.approvalId()), Decision.reject("no"));
        assertThat(pilot().graphs().get(rejected.id()).state()).isEqualTo(GraphRunState.CANCELLED);
        assertThat(moves(rejected)).containsExactly("create", "decline");

        GraphRun cancelled = pilot().graphs().start(start(stage).approval(true).build());
        pilot().graphs().cancel(cancelled.id());
        Approval expired = pilot().approvals().get(requireNonNull(cancelled.approvalId()));
        assertThat(expired.status()).isEqualTo(ApprovalStatus.EXPIRED);
        refused(Conflict.class, "already-decided", () -> pilot().approvals().decide(expired.id(), Decision.approve()));
        assertThat(stage.claim(1)).isEmpty();
    }

    @Test
    void theAssigneeWinsOverWhatTheGraphRunSays() {
        RunStage stage = stage();
        AgentId agent = pilot().agents()
                .create(CreateAgent.builder("agent")
                        .profile(RunProfile.command(List.of("agent")))
                        .build())
                .id();
        AgentId standIn = pilot().agents()
                .create(CreateAgent.builder("stand-in")
                        .profile(RunProfile.command(List.of("stand-in")))
                        .build())
                .id();
        Task assigned = pilot().tasks()
                .create(CreateTask.builder(stage.project.id(), "assigned")
                        .assignee(agent)
                        .build());
        Task open = stage.task("open");
        GraphRun graph = pilot().graphs()
                .start(StartGraph.forProject(stage.project.id())
                        .agentId(standIn)
                        .inputs(Json.object("depth", 3))
                        .labels(Set.of(stage.label))
                        .policy(RunPolicy.builder().maxAttempts(1).build())
                        .build());

        Run first = pilot().runs().get(requireNonNull(task(graph, assigned).runId()));
        Run second = pilot().runs().get(requireNonNull(task(graph, open).runId()));
        assertThat(first.agentId()).isEqualTo(agent);
        assertThat(first.profile().command()).containsExactly("agent");
        assertThat(second.agentId()).isEqualTo(standIn);
        assertThat(List.of(first, second)).allSatisfy(run -> {
            assertThat(run.inputs()).isEqualTo(Json.object("depth", 3));
            assertThat(run.labels()).containsExactly(stage.label);
            assertThat(run.policy().maxAttempts()).isEqualTo(1);
        });
    }

    @Test
    void whatCannotRunIsRefusedAtOnceAndLaterFailsItsTaskAlone() {
        RunStage stage = stage();
        AgentId agent = pilot().agents()
                .create(CreateAgent.builder("agent")
                        .profile(RunProfile.command(List.of("agent")))
                        .build())
                .id();
        Task first = stage.task("first");
        Task second = pilot().tasks()
                .create(CreateTask.builder(stage.project.id(), "second")
                        .dependsOn(List.of(first.id()))
                        .assignee(agent)
                        .build());
        invalid(
                "profile.command",
                () -> pilot().graphs()
                        .start(StartGraph.forProject(stage.project.id()).build()));
        assertThat(pilot().graphs()
                        .list(GraphRunFilter.of(stage.project.id()), PageRequest.first(1))
                        .items())
                .isEmpty();

        GraphRun graph = pilot().graphs().start(start(stage).build());
        pilot().agents().delete(agent);
        Assignment claimed = stage.claim();
        assertThat(stage.finish(succeeded(leaseOf(claimed))).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(task(graph, second).state()).isEqualTo(GraphNodeState.FAILED);
        assertThat(task(graph, second).problem()).contains(agent.value());
        assertThat(pilot().graphs().get(graph.id()).state()).isEqualTo(GraphRunState.FAILED);
    }

    @Test
    void aNewDependencyIsHeededAndADeletedTaskForgotten() {
        RunStage stage = stage();
        Task first = stage.task("first");
        Task second = stage.task("second", first.id());
        Task gone = stage.task("gone", first.id());
        Task after = stage.task("after", gone.id());
        GraphRun graph = pilot().graphs().start(start(stage).build());
        Task outside = stage.task("outside");
        pilot().tasks()
                .update(
                        second.id(),
                        UpdateTask.builder()
                                .dependsOn(Edit.set(List.of(first.id(), outside.id())))
                                .build());
        pilot().tasks().delete(gone.id());
        done(stage, first);

        assertThat(states(graph)).containsExactly("first done", "after running", "second waiting");
        set(outside, TaskStatus.DONE);
        assertThat(task(graph, second).state()).isEqualTo(GraphNodeState.RUNNING);
        done(stage, after);
        done(stage, second);
        assertThat(pilot().graphs().get(graph.id()).state()).isEqualTo(GraphRunState.SUCCEEDED);
    }

    @Test
    void aTaskInReviewHoldsUpWhatDependsOnItUntilItIsAccepted() {
        RunStage stage = stage();
        Task first = stage.task("first");
        Task second = stage.task("second", first.id());
        GraphRun graph = pilot().graphs()
                .start(start(stage)
                        .policy(RunPolicy.builder().review(true).build())
                        .build());
        Assignment claimed = stage.claim();
        stage.finish(succeeded(leaseOf(claimed)));
        assertThat(states(graph)).containsExactly("first running", "second waiting");
        assertThat(task(graph, first).runState()).isEqualTo(RunState.REVIEW);
        pilot().runs().accept(claimed.run().id(), null);
        assertThat(states(graph)).containsExactly("first done", "second running");
        assertThat(task(graph, second).waitingFor()).isEmpty();
    }

    @Test
    void startingAgainFindsAndOtherContentIsRefused() {
        RunStage stage = stage();
        stage.task("task");
        StartGraph command =
                start(stage).id(new GraphRunId(unique("own"))).maxActive(1).build();
        Created<GraphRun> first = pilot().graphs().startOrFind(command);
        assertThat(first.isNew()).isTrue();
        assertThat(pilot().graphs().startOrFind(command)).isEqualTo(new Created<>(first.value(), false));
        refused(
                AlreadyExists.class,
                () -> pilot().graphs().start(command.toBuilder().maxActive(2).build()));
    }

    @Test
    void wrongInputIsRefusedByField() {
        RunStage stage = stage();
        invalid("tasks", () -> pilot().graphs().start(start(stage).build()));
        stage.task("task");
        Task elsewhere = stage().task("elsewhere");
        invalid(
                "tasks",
                () -> pilot().graphs()
                        .start(start(stage).tasks(List.of(elsewhere.id())).build()));
        invalid(
                "maxActive",
                () -> pilot().graphs().start(start(stage).maxActive(0).build()));
        invalid(
                "agentId",
                () -> pilot().graphs()
                        .start(start(stage)
                                .agentId(new AgentId(unique("unknown")))
                                .build()));
        invalid(
                "projectId",
                () -> pilot().graphs()
                        .start(StartGraph.forProject(new ProjectId(unique("unknown")))
                                .build()));
        refused(
                InvalidInput.class,
                () -> pilot().graphs()
                        .start(start(stage)
                                .inputs(Json.object("key", PilotFixture.KNOWN_SECRET))
                                .build()));
        refused(NotFound.class, () -> pilot().graphs().get(new GraphRunId(unique("unknown"))));
        refused(NotFound.class, () -> pilot().graphs().state(new GraphRunId(unique("unknown"))));
        refused(
                Forbidden.class,
                () -> fixture().as(Scope.AGENT).graphs().start(start(stage).build()));
    }

    @Test
    void graphRunsAreListedNewestFirstPageByPage() {
        RunStage stage = stage();
        stage.task("task");
        List<GraphRunId> started = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            started.add(0, pilot().graphs().start(start(stage).build()).id());
            fixture().clock().advance(Duration.ofMillis(1));
        }
        pilot().graphs().cancel(started.get(1));
        assertThat(walk(2, page -> pilot().graphs().list(GraphRunFilter.of(stage.project.id()), page)))
                .extracting(GraphRun::id)
                .containsExactlyElementsOf(started);
        assertThat(pilot().graphs()
                        .list(new GraphRunFilter(stage.project.id(), GraphRunState.CANCELLED), PageRequest.first(10))
                        .items())
                .extracting(GraphRun::id)
                .containsExactly(started.get(1));
    }

    @Test
    void aProjectIsNotDeletedWhileAGraphRunGoesOn() {
        RunStage stage = stage();
        Task task = stage.task("task");
        GraphRun graph = pilot().graphs().start(start(stage).approval(true).build());
        refused(
                NotAllowed.class,
                "project-has-graph-runs",
                () -> pilot().projects().delete(stage.project.id()));
        pilot().approvals().decide(requireNonNull(graph.approvalId()), Decision.approve());
        done(stage, task);
        pilot().projects().delete(stage.project.id());
        refused(NotFound.class, () -> pilot().graphs().get(graph.id()));
    }

    private static StartGraph.Builder start(RunStage stage) {
        return StartGraph.forProject(stage.project.id())
                .profile(RunProfile.command(List.of("true")))
                .policy(RunPolicy.builder().maxAttempts(1).build())
                .labels(Set.of(stage.label));
    }

    private Task set(Task task, TaskStatus status) {
        return pilot().tasks()
                .update(task.id(), UpdateTask.builder().status(Edit.set(status)).build());
    }

    /** Claims till the task's run comes, giving back the others. */
    private Assignment claimOf(RunStage stage, Task task) {
        List<Assignment> claimed = stage.claim(50);
        Assignment wanted = claimed.stream()
                .filter(assignment -> task.id().equals(assignment.run().taskId()))
                .findFirst()
                .orElseThrow();
        List<FinishRun> others = claimed.stream()
                .filter(assignment -> !assignment.equals(wanted))
                .map(assignment -> FinishRun.builder(leaseOf(assignment), RunResult.CANCELLED)
                        .build())
                .toList();
        if (!others.isEmpty()) {
            pilot().work().finish(others);
        }
        return wanted;
    }

    private Assignment done(RunStage stage, Task task) {
        Assignment claimed = claimOf(stage, task);
        stage.finish(succeeded(leaseOf(claimed)));
        return claimed;
    }

    private List<String> states(GraphRun graph) {
        return pilot().graphs().state(graph.id()).tasks().stream()
                .map(task -> task.title() + " " + task.state().wire())
                .toList();
    }

    private GraphTask task(GraphRun graph, Task task) {
        TaskId id = task.id();
        return pilot().graphs().state(graph.id()).tasks().stream()
                .filter(one -> one.taskId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<Run> runsOf(GraphRun graph) {
        return pilot().runs()
                .list(RunFilter.builder().graphRunId(graph.id()).build(), PageRequest.first(500))
                .items();
    }

    private List<String> moves(GraphRun graph) {
        return events(new EventFilter(Subject.graphRun(graph.id()), null, null, null)).stream()
                .filter(event -> event.type().equals("status"))
                .map(event -> event.data().text("move"))
                .toList();
    }
}
