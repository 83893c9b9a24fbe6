package dev.pilot.api.store;

import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.run.GraphNodeState;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.GraphRunFilter;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads graph runs. */
public interface GraphRunReader {
    /**
     * Finds one.
     *
     * @param id its id
     * @return the graph run, if there is one
     */
    Optional<GraphRun> find(GraphRunId id);

    /**
     * Gets one.
     *
     * @param id its id
     * @return the graph run
     * @throws NotFound if there is none
     */
    default GraphRun get(GraphRunId id) {
        return find(id).orElseThrow(() -> new NotFound("graph-run", id.value()));
    }

    /**
     * Lists a page, newest first.
     *
     * @param filter which
     * @param page which part of the list
     * @return the page; its order is stable and its cost does not grow with the list
     */
    Page<GraphRun> list(GraphRunFilter filter, PageRequest page);

    /**
     * The graph runs of a project that go on: those that run or pause.
     *
     * @param projectId the project
     * @return the graph runs, oldest first
     */
    List<GraphRun> open(ProjectId projectId);

    /**
     * The graph runs that go on, in order of their ids.
     *
     * @param limit how many at most
     * @return their ids
     */
    List<GraphRunId> open(int limit);

    /**
     * The graph runs that have something left to be done at once, in order of their ids.
     *
     * @param limit how many at most
     * @return their ids
     */
    List<GraphRunId> due(int limit);

    /**
     * All nodes of a graph run, by place.
     *
     * @param id the graph run
     * @return the nodes
     */
    List<GraphNode> nodes(GraphRunId id);

    /**
     * Some nodes of a graph run, by place.
     *
     * @param id the graph run
     * @param tasks which
     * @return those that there are
     */
    List<GraphNode> nodes(GraphRunId id, Collection<TaskId> tasks);

    /**
     * The first nodes in a state, by priority, then place.
     *
     * @param id the graph run
     * @param state the state
     * @param limit how many at most
     * @return the nodes
     */
    List<GraphNode> nodes(GraphRunId id, GraphNodeState state, int limit);

    /**
     * The nodes whose tasks depend on a task, by place.
     *
     * @param id the graph run
     * @param task the task; it need not be of the graph run
     * @return the nodes
     */
    List<GraphNode> dependents(GraphRunId id, TaskId task);

    /**
     * The waiting nodes that depend on a task, by way of other waiting ones if need be; by place.
     *
     * @param id the graph run
     * @param task the task; it need not be of the graph run
     * @return the nodes
     */
    List<GraphNode> behind(GraphRunId id, TaskId task);
}
