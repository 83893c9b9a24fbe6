package dev.pilot.core.run;

import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.project.Task;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Run;
import dev.pilot.api.store.StoreUnit;

/** Runs in the making, within one unit of work: what they are made of is read once for all of them. */
public final class RunDrafts {
    private final RunCreation creation;
    private final StoreUnit unit;
    private final RunSources sources;

    RunDrafts(RunCreation creation, StoreUnit unit) {
        this.creation = creation;
        this.unit = unit;
        this.sources = new RunSources(unit);
    }

    /**
     * Makes a run for a task, but doesn't write it; neither the task's other runs nor quotas are looked at.
     *
     * @param command says how it is to be
     * @param task its task, as the unit has just read it
     * @param graphRunId the graph run that it belongs to
     * @return the run
     * @throws dev.pilot.api.error.PilotException if it can't be made as things are
     */
    public Run draft(CreateRun command, Task task, GraphRunId graphRunId) {
        sources.knows(task);
        return creation.draft(unit, command, sources, graphRunId);
    }
}
