package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.run.GraphRun;
import java.util.List;

/**
 * How a graph run stands: its tasks, what depends on what, and what keeps what.
 *
 * @param graphRun the graph run with its counts
 * @param tasks its tasks, by level, then priority, then age
 * @param edges the dependencies among them
 * @param levels the tasks level by level: those of a level depend on none of the same one
 * @param criticalPath the longest chain of tasks that are not done, first one first
 */
public record GraphState(
        GraphRun graphRun,
        List<GraphTask> tasks,
        List<TaskEdge> edges,
        List<List<TaskId>> levels,
        List<TaskId> criticalPath) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public GraphState {
        InvalidInput.required(graphRun, "graphRun");
        tasks = tasks == null ? List.of() : List.copyOf(tasks);
        edges = edges == null ? List.of() : List.copyOf(edges);
        levels = levels == null ? List.of() : levels.stream().map(List::copyOf).toList();
        criticalPath = criticalPath == null ? List.of() : List.copyOf(criticalPath);
    }
}
