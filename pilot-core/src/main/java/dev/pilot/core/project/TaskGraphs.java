package dev.pilot.core.project;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskEdge;
import dev.pilot.api.project.TaskGraph;
import dev.pilot.api.project.TaskNode;
import dev.pilot.api.project.TaskStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What follows from the dependencies of a project's tasks. All of it takes time linear in tasks and dependencies. */
public final class TaskGraphs {
    private TaskGraphs() {}

    /**
     * Makes the graph of some tasks.
     *
     * @param projectId their project
     * @param tasks the tasks
     * @return the graph
     */
    public static TaskGraph of(ProjectId projectId, List<Task> tasks) {
        Map<TaskId, Task> byId = byId(tasks);
        List<Task> sorted = inOrder(byId);
        Map<TaskId, Integer> levels = new HashMap<>();
        List<TaskNode> nodes = new ArrayList<>();
        List<TaskEdge> edges = new ArrayList<>();
        for (Task task : sorted) {
            int level = 0;
            List<TaskId> waitingFor = new ArrayList<>();
            for (TaskId before : task.dependsOn()) {
                edges.add(new TaskEdge(before, task.id()));
                level = Math.max(level, levels.getOrDefault(before, -1) + 1);
                Task needed = byId.get(before);
                if (needed != null && needed.status() != TaskStatus.DONE) {
                    waitingFor.add(before);
                }
            }
            levels.put(task.id(), level);
            boolean ready = task.status() == TaskStatus.TODO && waitingFor.isEmpty();
            nodes.add(new TaskNode(task, ready, waitingFor, level));
        }
        nodes.sort(Comparator.comparingInt(TaskNode::level)
                .thenComparing(node -> node.task().priority())
                .thenComparing(node -> node.task().createdAt())
                .thenComparing(node -> node.task().id().value()));
        return new TaskGraph(projectId, nodes, edges, criticalPath(sorted));
    }

    /** The longest chain of tasks that are still to be done. */
    private static List<TaskId> criticalPath(List<Task> sorted) {
        Map<TaskId, Integer> lengths = new HashMap<>();
        Map<TaskId, TaskId> before = new HashMap<>();
        TaskId last = null;
        for (Task task : sorted) {
            if (task.status() == TaskStatus.DONE || task.status() == TaskStatus.CANCELLED) {
                continue;
            }
            int length = 1;
            for (TaskId needed : task.dependsOn()) {
                int chain = lengths.getOrDefault(needed, 0) + 1;
                if (chain > length) {
                    length = chain;
                    before.put(task.id(), needed);
                }
            }
            lengths.put(task.id(), length);
            if (last == null || length > lengths.getOrDefault(last, 0)) {
                last = task.id();
            }
        }
        Deque<TaskId> path = new ArrayDeque<>();
        for (TaskId id = last; id != null; id = before.get(id)) {
            path.addFirst(id);
        }
        return List.copyOf(path);
    }

    /**
     * Finds a circle that a task would close.
     *
     * @return the circle, beginning and ending with the task; empty if there is none
     */
    static List<TaskId> circleThrough(Task task, List<Task> tasks) {
        Map<TaskId, Task> byId = byId(tasks);
        byId.put(task.id(), task);
        // Backwards from the task along the dependencies; `towards` remembers the way.
        Map<TaskId, TaskId> towards = new HashMap<>();
        Deque<TaskId> open = new ArrayDeque<>(List.of(task.id()));
        while (!open.isEmpty()) {
            TaskId at = open.removeLast();
            Task current = byId.get(at);
            for (TaskId needed : current == null ? List.<TaskId>of() : current.dependsOn()) {
                if (needed.equals(task.id())) {
                    List<TaskId> circle = new ArrayList<>(List.of(task.id()));
                    for (TaskId step = at; !step.equals(task.id()); step = Objects.requireNonNull(towards.get(step))) {
                        circle.add(1, step);
                    }
                    circle.add(task.id());
                    return circle;
                }
                if (!towards.containsKey(needed)) {
                    towards.put(needed, at);
                    open.add(needed);
                }
            }
        }
        return List.of();
    }

    /**
     * Finds a circle.
     *
     * @return one that there is, beginning and ending with the same task; empty if there is none
     */
    static List<TaskId> anyCircle(List<Task> tasks) {
        Map<TaskId, Task> left = byId(tasks);
        inOrder(left).forEach(task -> left.remove(task.id()));
        if (left.isEmpty()) {
            return List.of();
        }
        // Each of these depends on another of them, so following them comes back to where it was.
        Map<TaskId, Integer> steps = new HashMap<>();
        List<TaskId> way = new ArrayList<>();
        TaskId at = left.keySet().iterator().next();
        while (!steps.containsKey(at)) {
            steps.put(at, way.size());
            way.add(at);
            at = Objects.requireNonNull(left.get(at)).dependsOn().stream()
                    .filter(left::containsKey)
                    .findFirst()
                    .orElseThrow();
        }
        List<TaskId> circle = new ArrayList<>(way.subList(Objects.requireNonNull(steps.get(at)), way.size()));
        circle.add(at);
        return circle;
    }

    /** Every task behind all that it depends on; those of a circle, and behind one, are left out. */
    static List<Task> inOrder(List<Task> tasks) {
        return inOrder(byId(tasks));
    }

    /** Every task behind all that it depends on. */
    private static List<Task> inOrder(Map<TaskId, Task> byId) {
        Map<TaskId, Integer> open = new LinkedHashMap<>();
        Map<TaskId, List<TaskId>> dependents = new HashMap<>();
        byId.values().forEach(task -> {
            Set<TaskId> needed =
                    task.dependsOn().stream().filter(byId::containsKey).collect(Collectors.toSet());
            open.put(task.id(), needed.size());
            needed.forEach(id ->
                    dependents.computeIfAbsent(id, none -> new ArrayList<>()).add(task.id()));
        });
        Deque<TaskId> next = new ArrayDeque<>();
        open.forEach((id, count) -> {
            if (count == 0) {
                next.add(id);
            }
        });
        List<Task> sorted = new ArrayList<>();
        while (!next.isEmpty()) {
            TaskId id = next.removeFirst();
            Task task = byId.get(id);
            if (task != null) {
                sorted.add(task);
            }
            for (TaskId dependent : dependents.getOrDefault(id, List.of())) {
                if (open.merge(dependent, -1, Integer::sum) == 0) {
                    next.add(dependent);
                }
            }
        }
        return sorted;
    }

    private static Map<TaskId, Task> byId(List<Task> tasks) {
        Map<TaskId, Task> byId = new LinkedHashMap<>();
        tasks.forEach(task -> byId.put(task.id(), task));
        return byId;
    }
}
