package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.TaskId;
import java.util.List;

/**
 * A task in its graph.
 *
 * @param task the task
 * @param ready whether it is {@code todo} and all it depends on is done
 * @param waitingFor what it depends on and is not done yet
 * @param level how many tasks at most lie before it, one behind the other
 */
public record TaskNode(Task task, boolean ready, List<TaskId> waitingFor, int level) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public TaskNode {
        InvalidInput.required(task, "task");
        waitingFor = waitingFor == null ? List.of() : List.copyOf(waitingFor);
    }
}
