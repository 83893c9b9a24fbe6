package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;

/**
 * What became of a task of a plan.
 *
 * @param key its key in the plan
 * @param change what was done
 * @param task the task now
 */
public record PlannedTask(String key, PlanChange change, Task task) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if a field is absent
     */
    public PlannedTask {
        InvalidInput.required(key, "key");
        InvalidInput.required(change, "change");
        InvalidInput.required(task, "task");
    }
}
