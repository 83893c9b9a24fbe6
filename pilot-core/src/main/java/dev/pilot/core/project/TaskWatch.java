package dev.pilot.core.project;

import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.store.StoreUnit;
import java.util.Set;

/** Is told what happens to tasks, in the unit of work in which it happens. */
public interface TaskWatch {
    /**
     * Tasks are further, or less far, than they were; or a run of theirs is over, or goes on after it was.
     *
     * @param unit the unit of the change
     * @param projectId their project
     * @param tasks the tasks
     */
    void touched(StoreUnit unit, ProjectId projectId, Set<TaskId> tasks);

    /**
     * Something else depends on something else.
     *
     * @param unit the unit of the change
     * @param projectId the project
     */
    void reshaped(StoreUnit unit, ProjectId projectId);

    /**
     * A run of a graph run that had failed goes on.
     *
     * @param unit the unit of the change
     * @param id the graph run
     */
    void revived(StoreUnit unit, GraphRunId id);
}
