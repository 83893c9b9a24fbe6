package dev.pilot.api.store;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.run.GraphRun;
import java.time.Instant;
import java.util.List;

/** Reads and writes graph runs. */
public interface GraphRunRecords extends GraphRunReader {
    /**
     * Inserts one.
     *
     * @param graphRun the graph run
     * @param nodes its nodes
     * @throws dev.pilot.api.error.AlreadyExists if the id is taken
     */
    void create(GraphRun graphRun, List<GraphNode> nodes);

    /**
     * Replaces one, if it still has the expected version; compared by the statement itself.
     *
     * @param graphRun the graph run with its new version
     * @param due whether something is left to be done at once
     * @param expected the version that was read
     * @throws StaleWrite if it has another version, or is gone
     */
    void update(GraphRun graphRun, boolean due, Instant expected);

    /**
     * Replaces what is remembered of tasks.
     *
     * @param nodes the nodes; those that are gone are passed over
     */
    void updateNodes(List<GraphNode> nodes);

    /**
     * Deletes all of a project.
     *
     * @param projectId the project
     */
    void deleteOf(ProjectId projectId);
}
