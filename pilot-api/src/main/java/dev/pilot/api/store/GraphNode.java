package dev.pilot.api.store;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.run.GraphNodeState;
import org.jspecify.annotations.Nullable;

/**
 * What a graph run remembers of a task.
 *
 * @param graphRunId the graph run
 * @param taskId the task
 * @param priority smaller goes first
 * @param place its place among those of the same priority
 * @param state how far it is
 * @param missing how many of the tasks that it depends on are not done
 * @param runId its run of this graph run, the last one; null before there is one
 * @param problem why its run could not be made; null if nothing went wrong
 */
public record GraphNode(
        GraphRunId graphRunId,
        TaskId taskId,
        int priority,
        int place,
        GraphNodeState state,
        int missing,
        @Nullable RunId runId,
        @Nullable String problem) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if a required field is absent
     */
    public GraphNode {
        InvalidInput.required(graphRunId, "graphRunId");
        InvalidInput.required(taskId, "taskId");
        InvalidInput.required(state, "state");
    }

    /**
     * The same in another state.
     *
     * @param changed the state
     * @return the node
     */
    public GraphNode in(GraphNodeState changed) {
        return new GraphNode(graphRunId, taskId, priority, place, changed, missing, runId, problem);
    }

    /**
     * The same with another count of what is missing.
     *
     * @param changed the count
     * @return the node
     */
    public GraphNode missing(int changed) {
        return new GraphNode(graphRunId, taskId, priority, place, state, changed, runId, problem);
    }

    /**
     * The same with another run.
     *
     * @param changed the run, or null
     * @return the node
     */
    public GraphNode run(@Nullable RunId changed) {
        return new GraphNode(graphRunId, taskId, priority, place, state, missing, changed, problem);
    }

    /**
     * The same with another problem.
     *
     * @param changed the problem, or null
     * @return the node
     */
    public GraphNode problem(@Nullable String changed) {
        return new GraphNode(graphRunId, taskId, priority, place, state, missing, runId, changed);
    }
}
