package dev.pilot.core.project;

import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.store.StoreUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells all who watch tasks, one after another. Threads may share it. */
public final class TaskWatches implements TaskWatch {
    private final List<TaskWatch> watches = new CopyOnWriteArrayList<>();

    /** Makes one that tells nobody. */
    public TaskWatches() {}

    /**
     * Adds one who is told.
     *
     * @param watch is told from now on
     */
    public void add(TaskWatch watch) {
        watches.add(watch);
    }

    @Override
    public void touched(StoreUnit unit, ProjectId projectId, Set<TaskId> tasks) {
        watches.forEach(watch -> watch.touched(unit, projectId, tasks));
    }

    @Override
    public void reshaped(StoreUnit unit, ProjectId projectId) {
        watches.forEach(watch -> watch.reshaped(unit, projectId));
    }

    @Override
    public void revived(StoreUnit unit, GraphRunId id) {
        watches.forEach(watch -> watch.revived(unit, id));
    }
}
