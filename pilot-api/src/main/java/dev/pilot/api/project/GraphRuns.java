package dev.pilot.api.project;

import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.GraphRunFilter;
import dev.pilot.api.run.StartGraph;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;

/** The use-cases of graph runs: a project's tasks carried out by themselves, each as soon as all it depends on is done. */
public interface GraphRuns {
    /**
     * Starts one, or finds the one that the same command started before.
     *
     * @param command what is to be carried out, and how
     * @return the graph run, and whether it is new
     * @throws dev.pilot.api.error.InvalidInput if a field is wrong, or a task can't be carried out as things are
     * @throws dev.pilot.api.error.AlreadyExists if the id or key was used with other content
     */
    Created<GraphRun> startOrFind(StartGraph command);

    /**
     * Starts one, or finds the one that the same command started before.
     *
     * @param command what is to be carried out, and how
     * @return the graph run
     */
    default GraphRun start(StartGraph command) {
        return startOrFind(command).value();
    }

    /**
     * Gets one.
     *
     * @param id its id
     * @return the graph run
     * @throws dev.pilot.api.error.NotFound if there is none
     */
    GraphRun get(GraphRunId id);

    /**
     * Lists graph runs, newest first.
     *
     * @param filter which
     * @param page which part of the list
     * @return a page of graph runs
     */
    Page<GraphRun> list(GraphRunFilter filter, PageRequest page);

    /**
     * How one stands, task by task. Takes time linear in tasks and dependencies.
     *
     * @param id its id
     * @return the state
     * @throws dev.pilot.api.error.NotFound if there is none
     */
    GraphState state(GraphRunId id);

    /**
     * Has it begin nothing more: no runs are made, and its queued ones are not claimed. Pausing twice does nothing.
     *
     * @param id its id
     * @return the graph run
     * @throws dev.pilot.api.error.NotAllowed if it is neither running nor paused
     */
    GraphRun pause(GraphRunId id);

    /**
     * Has it go on. Resuming one that runs does nothing.
     *
     * @param id its id
     * @return the graph run
     * @throws dev.pilot.api.error.NotAllowed if it is neither running nor paused
     */
    GraphRun resume(GraphRunId id);

    /**
     * Has what failed tried again, and goes on with what that blocked. Where nothing failed, it does nothing.
     *
     * @param id its id
     * @return the graph run
     * @throws dev.pilot.api.error.NotAllowed if it is not yet approved, or cancelled
     */
    GraphRun retryFailed(GraphRunId id);

    /**
     * Cancels it with all of its runs that are not over. Cancelling twice does nothing.
     *
     * @param id its id
     * @return the graph run
     * @throws dev.pilot.api.error.NotAllowed if it is over
     */
    GraphRun cancel(GraphRunId id);
}
