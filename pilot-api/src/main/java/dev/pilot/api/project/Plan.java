package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;
import java.util.List;

/**
 * Tasks and what depends on what, as somebody planned them.
 *
 * @param tasks the tasks, in the order in which a list shows them
 */
public record Plan(List<PlanTask> tasks) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if there are no tasks
     */
    public Plan {
        tasks = List.copyOf(InvalidInput.required(tasks, "tasks"));
    }
}
