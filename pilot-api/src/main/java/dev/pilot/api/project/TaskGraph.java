package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import java.util.List;

/**
 * A project's tasks and what depends on what.
 *
 * @param projectId the project
 * @param nodes the tasks, by level, then priority, then age
 * @param edges the dependencies
 * @param criticalPath the longest chain of tasks that are not done, first one first
 */
public record TaskGraph(ProjectId projectId, List<TaskNode> nodes, List<TaskEdge> edges, List<TaskId> criticalPath) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public TaskGraph {
        InvalidInput.required(projectId, "projectId");
        nodes = nodes == null ? List.of() : List.copyOf(nodes);
        edges = edges == null ? List.of() : List.copyOf(edges);
        criticalPath = criticalPath == null ? List.of() : List.copyOf(criticalPath);
    }
}
