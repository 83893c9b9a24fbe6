package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.run.GraphNodeState;
import dev.pilot.api.run.RunState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task of a graph run, as it is now.
 *
 * @param taskId the task
 * @param title its title
 * @param status how far the task itself is
 * @param assignee who is to do it, or null
 * @param priority smaller is more urgent
 * @param state how far it is in this graph run
 * @param runId its run of this graph run, the last one; null before there is one
 * @param runState how far that run is; null before there is one
 * @param level how many tasks at most lie before it, one behind the other
 * @param waitingFor what it depends on and is not done yet
 * @param blockedBy what of that failed, was cancelled or is blocked itself
 * @param problem why its run could not be made, or what its run failed of; null if nothing went wrong
 */
public record GraphTask(
        TaskId taskId,
        String title,
        TaskStatus status,
        @Nullable AgentId assignee,
        int priority,
        GraphNodeState state,
        @Nullable RunId runId,
        @Nullable RunState runState,
        int level,
        List<TaskId> waitingFor,
        List<TaskId> blockedBy,
        @Nullable String problem) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public GraphTask {
        InvalidInput.required(taskId, "taskId");
        InvalidInput.required(title, "title");
        InvalidInput.required(status, "status");
        InvalidInput.required(state, "state");
        waitingFor = waitingFor == null ? List.of() : List.copyOf(waitingFor);
        blockedBy = blockedBy == null ? List.of() : List.copyOf(blockedBy);
    }
}
