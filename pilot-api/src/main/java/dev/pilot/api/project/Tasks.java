package dev.pilot.api.project;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.util.List;

/** The use-cases of tasks. */
public interface Tasks {
    /**
     * Creates a task, or finds the one that the same command made before.
     *
     * @param command the task
     * @return the task, and whether it is new
     * @throws dev.pilot.api.error.InvalidInput if a field is wrong, or a dependency is unknown or in another project
     * @throws dev.pilot.api.error.AlreadyExists if the id or key was used with other content
     */
    Created<Task> createOrFind(CreateTask command);

    /**
     * Creates a task, or finds the one that the same command made before.
     *
     * @param command the task
     * @return the task
     */
    default Task create(CreateTask command) {
        return createOrFind(command).value();
    }

    /**
     * Gets a task.
     *
     * @param id its id
     * @return the task
     * @throws dev.pilot.api.error.NotFound if there is none
     */
    Task get(TaskId id);

    /**
     * Lists tasks by position.
     *
     * @param filter which
     * @param page which part of the list
     * @return a page of tasks
     */
    Page<Task> list(TaskFilter filter, PageRequest page);

    /**
     * Changes some fields.
     *
     * @param id its id
     * @param patch what to change
     * @return the task now
     * @throws dev.pilot.api.error.Conflict if {@code ifUpdatedAt} is stale; it carries the task
     * @throws dev.pilot.api.error.InvalidInput with code {@code task-cycle} if dependencies would form a circle, which it names
     */
    Task update(TaskId id, UpdateTask patch);

    /**
     * Deletes a task. Its runs stay, without a task; what depended on it no longer does.
     *
     * @param id its id
     * @throws dev.pilot.api.error.NotAllowed if it has a run that is not over
     */
    void delete(TaskId id);

    /**
     * A project's tasks and what depends on what.
     *
     * @param projectId the project
     * @return the graph
     * @throws dev.pilot.api.error.NotFound if there is no such project
     */
    TaskGraph graph(ProjectId projectId);

    /**
     * Makes a project's tasks what a plan says, all or none. A task's id follows from the project and its key, so the same plan twice
     * makes the same tasks once, and a changed one changes those that have not been begun. Tasks that a plan no longer names stay.
     *
     * @param projectId the project
     * @param plan the plan
     * @return what became of each, in the plan's order
     * @throws dev.pilot.api.error.NotFound if there is no such project
     * @throws dev.pilot.api.error.InvalidInput if a field is wrong, a key is unknown or there twice; with code {@code task-cycle} if
     *     dependencies would form a circle, which it names
     */
    List<PlannedTask> importPlan(ProjectId projectId, Plan plan);
}
