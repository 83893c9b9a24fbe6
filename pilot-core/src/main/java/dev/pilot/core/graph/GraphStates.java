package dev.pilot.core.graph;

import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.GraphState;
import dev.pilot.api.project.GraphTask;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskGraph;
import dev.pilot.api.project.TaskNode;
import dev.pilot.api.run.GraphNodeState;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunState;
import dev.pilot.api.store.GraphNode;
import dev.pilot.api.store.StoreView;
import dev.pilot.core.project.TaskGraphs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a graph run stands, task by task. */
final class GraphStates {
    private GraphStates() {}

    static GraphState of(StoreView view, GraphRun graph) {
        Map<TaskId, GraphNode> nodes = new HashMap<>();
        view.graphRuns().nodes(graph.id()).forEach(node -> nodes.put(node.taskId(), node));
        Map<RunId, Run> runs = view.runs()
                .all(nodes.values().stream()
                        .map(GraphNode::runId)
                        .filter(Objects::nonNull)
                        .toList());
        List<Task> members = view.tasks().of(graph.projectId()).stream()
                .filter(task -> nodes.containsKey(task.id()))
                .toList();
        TaskGraph shape = TaskGraphs.of(graph.projectId(), members);
        List<GraphTask> tasks = new ArrayList<>();
        List<List<TaskId>> levels = new ArrayList<>();
        for (TaskNode at : shape.nodes()) {
            GraphNode node = Objects.requireNonNull(nodes.get(at.task().id()));
            tasks.add(task(at, node, node.runId() == null ? null : runs.get(node.runId()), nodes));
            while (levels.size() <= at.level()) {
                levels.add(new ArrayList<>());
            }
            levels.get(at.level()).add(at.task().id());
        }
        return new GraphState(
                graph,
                tasks,
                shape.edges().stream()
                        .filter(edge -> nodes.containsKey(edge.from()))
                        .toList(),
                levels,
                shape.criticalPath());
    }

    private static GraphTask task(TaskNode at, GraphNode node, @Nullable Run run, Map<TaskId, GraphNode> nodes) {
        Task task = at.task();
        List<TaskId> blockedBy = at.waitingFor().stream()
                .filter(needed -> {
                    GraphNode before = nodes.get(needed);
                    return before != null && before.state().blocks();
                })
                .toList();
        return new GraphTask(
                task.id(),
                task.title(),
                task.status(),
                task.assignee(),
                task.priority(),
                node.state(),
                node.runId(),
                run == null ? null : run.state(),
                at.level(),
                at.waitingFor(),
                blockedBy,
                problem(node, run));
    }

    private static @Nullable String problem(GraphNode node, @Nullable Run run) {
        if (node.problem() != null) {
            return node.problem();
        }
        if (run == null || run.error() == null) {
            return null;
        }
        boolean failed = node.state() == GraphNodeState.FAILED && run.state() == RunState.FAILED;
        return failed ? run.error().message() : null;
    }
}
