package dev.pilot.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.run.FailureRule;
import dev.pilot.api.run.GraphNodeState;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.GraphRunFilter;
import dev.pilot.api.run.GraphRunState;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.store.ClaimFilter;
import dev.pilot.api.store.GraphNode;
import dev.pilot.api.store.StaleWrite;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Json;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Graph runs and what they remember of tasks. */
abstract class GraphRunsContract extends StoreStage {
    private static final GraphRunId GRAPH = new GraphRunId("grn_1");
    private static final ProjectId PROJECT = new ProjectId("prj_1");

    /** {@code a <- b <- c <- d}, and {@code a <- c}. */
    @BeforeEach
    void writeTasks() {
        write(unit -> {
            unit.projects().create(Samples.project("prj_1"));
            unit.tasks().create(Samples.task("a", "prj_1"));
            for (List<String> task : List.of(List.of("b", "a"), List.of("c", "b", "a"), List.of("d", "c"))) {
                unit.tasks()
                        .create(Samples.task(task.get(0), "prj_1").toBuilder()
                                .dependsOn(task.subList(1, task.size()).stream()
                                        .map(TaskId::new)
                                        .toList())
                                .build());
            }
        });
    }

    private static GraphRun graph(String id) {
        return GraphRun.builder()
                .id(new GraphRunId(id))
                .projectId(PROJECT)
                .state(GraphRunState.RUNNING)
                .startedBy("somebody")
                .createdAt(Samples.T0)
                .updatedAt(Samples.T0)
                .build();
    }

    private static GraphNode node(String task, int place, GraphNodeState state) {
        return new GraphNode(GRAPH, new TaskId(task), 0, place, state, 1, null, null);
    }

    private void create(GraphNode... nodes) {
        write(unit -> unit.graphRuns().create(graph("grn_1"), List.of(nodes)));
    }

    private List<String> tasks(List<GraphNode> nodes) {
        return nodes.stream().map(node -> node.taskId().value()).toList();
    }

    @Test
    void aGraphRunIsReadAsItWasWritten() {
        create();
        GraphRun changed = graph("grn_1").toBuilder()
                .state(GraphRunState.PAUSED)
                .maxActive(3)
                .onFailure(FailureRule.STOP)
                .inputs(Json.object("depth", 3))
                .labels(Set.of("gpu"))
                .updatedAt(Samples.at(1))
                .build();
        write(unit -> unit.graphRuns().update(changed, false, Samples.T0));

        assertThat(read((StoreView view) -> view.graphRuns().get(GRAPH))).isEqualTo(changed);
        assertThatThrownBy(() -> write(unit -> unit.graphRuns().update(changed, false, Samples.T0)))
                .isInstanceOf(StaleWrite.class);
        assertThatThrownBy(() -> create()).isInstanceOf(AlreadyExists.class);
    }

    @Test
    void nodesAreReadAsTheyWereWritten() {
        GraphNode a = node("a", 0, GraphNodeState.DONE);
        GraphNode b = node("b", 1, GraphNodeState.READY);
        create(a, b, node("c", 2, GraphNodeState.WAITING));
        GraphNode changed =
                b.in(GraphNodeState.FAILED).missing(0).run(new RunId("run_1")).problem("agent-disabled: no");
        write(unit -> unit.graphRuns().updateNodes(List.of(changed, node("d", 3, GraphNodeState.DONE))));

        assertThat(read((StoreView view) -> view.graphRuns().nodes(GRAPH)))
                .as("one that is not there is passed over")
                .containsExactly(a, changed, node("c", 2, GraphNodeState.WAITING));
        assertThat(read((StoreView view) -> view.graphRuns().nodes(GRAPH, Set.of(new TaskId("b"), new TaskId("a")))))
                .containsExactly(a, changed);
        assertThat(read((StoreView view) -> view.graphRuns().nodes(GRAPH, Set.of())))
                .isEmpty();
    }

    @Test
    void theFirstNodesOfAStateComeByPriorityThenPlace() {
        create(
                node("a", 2, GraphNodeState.READY),
                node("b", 1, GraphNodeState.READY),
                new GraphNode(GRAPH, new TaskId("c"), -1, 9, GraphNodeState.READY, 0, null, null),
                node("d", 0, GraphNodeState.WAITING));
        assertThat(tasks(read((StoreView view) -> view.graphRuns().nodes(GRAPH, GraphNodeState.READY, 2))))
                .containsExactly("c", "b");
    }

    @Test
    void dependentsAreOneStepAwayAndWhatIsBehindAnyNumber() {
        create(
                node("a", 0, GraphNodeState.FAILED),
                node("b", 1, GraphNodeState.WAITING),
                node("c", 2, GraphNodeState.WAITING),
                node("d", 3, GraphNodeState.WAITING));
        assertThat(tasks(read((StoreView view) -> view.graphRuns().dependents(GRAPH, new TaskId("a")))))
                .containsExactly("b", "c");
        assertThat(tasks(read((StoreView view) -> view.graphRuns().behind(GRAPH, new TaskId("a")))))
                .containsExactly("b", "c", "d");
        write(unit -> unit.graphRuns().updateNodes(List.of(node("c", 2, GraphNodeState.ELSEWHERE))));
        assertThat(tasks(read((StoreView view) -> view.graphRuns().behind(GRAPH, new TaskId("a")))))
                .as("only by way of those that wait")
                .containsExactly("b");
    }

    @Test
    void graphRunsComeNewestFirstAndOpenOrDueOnesByThemselves() {
        write(unit -> IntStream.range(0, 5).forEach(i -> {
            GraphRun graph = graph("grn_" + i).toBuilder()
                    .createdAt(Samples.at(i / 2))
                    .state(i == 4 ? GraphRunState.FAILED : i == 3 ? GraphRunState.PAUSED : GraphRunState.RUNNING)
                    .build();
            unit.graphRuns().create(graph, List.of());
            unit.graphRuns().update(graph, i % 2 == 1, Samples.T0);
        }));

        assertThat(walk(2, page -> read((StoreView view) -> view.graphRuns().list(GraphRunFilter.of(PROJECT), page))))
                .extracting(graph -> graph.id().value())
                .containsExactly("grn_4", "grn_3", "grn_2", "grn_1", "grn_0");
        assertThat(read((StoreView view) -> view.graphRuns().open(PROJECT)))
                .extracting(graph -> graph.id().value())
                .containsExactly("grn_0", "grn_1", "grn_2", "grn_3");
        assertThat(read((StoreView view) -> view.graphRuns().open(3)))
                .extracting(GraphRunId::value)
                .containsExactly("grn_0", "grn_1", "grn_2");
        assertThat(read((StoreView view) -> view.graphRuns().due(9)))
                .extracting(GraphRunId::value)
                .containsExactly("grn_1", "grn_3");
    }

    @Test
    void runsOfOneThatIsPausedOrBeingCancelledAreNotClaimed() {
        create();
        write(unit -> unit.runs()
                .create(Samples.run("run_1", "prj_1").toBuilder()
                        .graphRunId(GRAPH)
                        .build()));
        for (GraphRunState state : GraphRunState.values()) {
            for (boolean due : new boolean[] {false, true}) {
                write(unit -> unit.graphRuns()
                        .update(graph("grn_1").toBuilder().state(state).build(), due, Samples.T0));
                boolean claimed = !read((StoreView view) -> view.runs()
                                .claimable(
                                        ClaimFilter.of(Set.of(), Set.of(RunnerKind.PROCESS)),
                                        List.of(new ProjectId("prj_1")),
                                        view.now(),
                                        9))
                        .isEmpty();
                boolean held = state == GraphRunState.PAUSED || state == GraphRunState.CANCELLED && due;
                assertThat(claimed).as(state + ", due " + due).isEqualTo(!held);
            }
        }
    }

    @Test
    void nodesGoWithTheirTasksAndAllOfThemWithTheirProject() {
        create(node("a", 0, GraphNodeState.READY), node("d", 1, GraphNodeState.READY));
        write(unit -> unit.tasks().delete(new TaskId("d")));
        assertThat(tasks(read((StoreView view) -> view.graphRuns().nodes(GRAPH))))
                .containsExactly("a");
        write(unit -> unit.graphRuns().deleteOf(PROJECT));
        assertThat(read((StoreView view) -> view.graphRuns().find(GRAPH))).isEmpty();
        assertThat(read((StoreView view) -> view.graphRuns().nodes(GRAPH))).isEmpty();
    }

    @Test
    void tasksAndTheirRunsAreFoundManyAtATime() {
        write(unit -> unit.runs()
                .create(Stream.of("a", "b")
                        .map(task -> Samples.run("run_" + task, "prj_1").toBuilder()
                                .taskId(new TaskId(task))
                                .build())
                        .toList()));
        Set<TaskId> some = Set.of(new TaskId("a"), new TaskId("c"), new TaskId("unknown"));
        assertThat(read((StoreView view) -> view.tasks().all(some)).keySet())
                .containsExactlyInAnyOrder(new TaskId("a"), new TaskId("c"));
        assertThat(read((StoreView view) -> view.runs().activeOf(some)))
                .extracting(run -> run.id().value())
                .containsExactly("run_a");
        assertThat(read((StoreView view) -> view.tasks().all(Set.of()))).isEmpty();
        assertThat(read((StoreView view) -> view.runs().activeOf(Set.of()))).isEmpty();
    }
}
