package dev.pilot.core.graph;

import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskGraph;
import dev.pilot.api.project.TaskNode;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.run.GraphNodeState;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunState;
import dev.pilot.api.store.GraphNode;
import dev.pilot.api.store.StoreView;
import dev.pilot.core.project.TaskGraphs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How far a task of a graph run is, from what is recorded of it. */
final class GraphRules {
    private GraphRules() {}

    /**
     * How far a task is.
     *
     * @param node what is remembered of it, with what is missing
     * @param task the task
     * @param own how far its own run is; null if it has none
     * @param elsewhere whether a run is at it that is not of the graph run
     * @param blocked whether something that it depends on blocks it
     */
    static GraphNodeState of(
            GraphNode node, Task task, @Nullable RunState own, Predicate<TaskId> elsewhere, boolean blocked) {
        if (task.status() == TaskStatus.DONE) {
            return GraphNodeState.DONE;
        } else if (task.status() == TaskStatus.CANCELLED) {
            return GraphNodeState.CANCELLED;
        } else if (own != null && !own.isFinal()) {
            return GraphNodeState.RUNNING;
        } else if (task.status() != TaskStatus.TODO) {
            return GraphNodeState.ELSEWHERE;
        } else if (node.problem() != null || own == RunState.FAILED && !isToBeRetried(node)) {
            return GraphNodeState.FAILED;
        } else if (own == RunState.CANCELLED) {
            return GraphNodeState.CANCELLED;
        } else if (blocked) {
            return GraphNodeState.BLOCKED;
        } else if (node.missing() > 0) {
            return GraphNodeState.WAITING;
        }
        return node.state() == GraphNodeState.ELSEWHERE && elsewhere.test(node.taskId())
                ? GraphNodeState.ELSEWHERE
                : GraphNodeState.READY;
    }

    /** A node with a failed run comes into these states only where somebody has it tried again. */
    private static boolean isToBeRetried(GraphNode node) {
        return node.state() == GraphNodeState.READY
                || node.state() == GraphNodeState.WAITING
                || node.state() == GraphNodeState.BLOCKED;
    }

    /** All nodes as they should be, from all that is recorded: what the steps remember is not relied on. In order of their places. */
    static List<GraphNode> settled(StoreView view, GraphRun graph, List<GraphNode> nodes) {
        Map<TaskId, GraphNode> byTask = new HashMap<>();
        nodes.forEach(node -> byTask.put(node.taskId(), node));
        Map<RunId, Run> runs = view.runs()
                .all(nodes.stream()
                        .map(GraphNode::runId)
                        .filter(Objects::nonNull)
                        .toList());
        TaskGraph tasks = TaskGraphs.of(graph.projectId(), view.tasks().of(graph.projectId()));
        Map<TaskId, GraphNodeState> states = new HashMap<>();
        List<GraphNode> settled = new ArrayList<>();
        // By level: what a task depends on comes before it.
        for (TaskNode at : tasks.nodes()) {
            Task task = at.task();
            GraphNode node = byTask.get(task.id());
            if (node == null) {
                states.put(
                        task.id(),
                        task.status() == TaskStatus.CANCELLED ? GraphNodeState.CANCELLED : GraphNodeState.WAITING);
            } else {
                GraphNode counted = node.missing(at.waitingFor().size());
                Run own = node.runId() == null ? null : runs.get(node.runId());
                boolean blocked = at.waitingFor().stream()
                        .anyMatch(needed -> states.getOrDefault(needed, GraphNodeState.WAITING)
                                .blocks());
                GraphNodeState state =
                        of(counted, task, own == null ? null : own.state(), id -> isElsewhere(view, counted), blocked);
                states.put(task.id(), state);
                settled.add(counted.in(state));
            }
        }
        settled.sort(Comparator.comparingInt(GraphNode::place));
        return settled;
    }

    /** Whether a run is at a task that is not the graph run's own. */
    static boolean isElsewhere(StoreView view, GraphNode node) {
        return view.runs().activeOf(node.taskId()).stream()
                .anyMatch(run -> !run.id().equals(node.runId()));
    }
}
