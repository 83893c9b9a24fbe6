package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.TaskId;

/**
 * A dependency.
 *
 * @param from the task that goes first
 * @param to the task that waits for it
 */
public record TaskEdge(TaskId from, TaskId to) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public TaskEdge {
        InvalidInput.required(from, "from");
        InvalidInput.required(to, "to");
    }
}
