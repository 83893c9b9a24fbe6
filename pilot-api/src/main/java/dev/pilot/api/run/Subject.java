package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;

/**
 * What an event or approval is about: any entity.
 *
 * @param type such as {@code project}, {@code task}, {@code run}
 * @param id the entity's id
 */
public record Subject(String type, String id) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public Subject {
        InvalidInput.required(type, "type");
        InvalidInput.required(id, "id");
    }

    /**
     * A run as subject.
     *
     * @param id the run
     * @return the subject
     */
    public static Subject run(RunId id) {
        return new Subject("run", id.value());
    }

    /**
     * A graph run as subject.
     *
     * @param id the graph run
     * @return the subject
     */
    public static Subject graphRun(GraphRunId id) {
        return new Subject("graph-run", id.value());
    }

    /**
     * A project as subject.
     *
     * @param id the project
     * @return the subject
     */
    public static Subject project(ProjectId id) {
        return new Subject("project", id.value());
    }

    /**
     * A task as subject.
     *
     * @param id the task
     * @return the subject
     */
    public static Subject task(TaskId id) {
        return new Subject("task", id.value());
    }
}
