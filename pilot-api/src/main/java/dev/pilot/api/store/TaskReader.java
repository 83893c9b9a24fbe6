package dev.pilot.api.store;

import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskFilter;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads tasks. */
public interface TaskReader {
    /**
     * Finds one.
     *
     * @param id its id
     * @return the task, if there is one
     */
    Optional<Task> find(TaskId id);

    /**
     * Gets one.
     *
     * @param id its id
     * @return the task
     * @throws NotFound if there is none
     */
    default Task get(TaskId id) {
        return find(id).orElseThrow(() -> new NotFound("task", id.value()));
    }

    /**
     * Lists a page.
     *
     * @param filter which
     * @param page which part of the list
     * @return the page; its order is stable and its cost does not grow with the list
     */
    Page<Task> list(TaskFilter filter, PageRequest page);

    /**
     * All tasks of a project by position.
     *
     * @param projectId the project
     * @return the tasks
     */
    List<Task> of(ProjectId projectId);

    /**
     * Some tasks at once.
     *
     * @param ids which
     * @return those that there are, by their id
     */
    Map<TaskId, Task> all(Collection<TaskId> ids);

    /**
     * The largest position among a project's tasks.
     *
     * @param projectId the project
     * @return the position, 0 if there are none
     */
    long lastPosition(ProjectId projectId);

    /**
     * The tasks that depend on one.
     *
     * @param id the task
     * @return the tasks
     */
    List<Task> dependents(TaskId id);
}
