package dev.pilot.wire.route;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.project.GraphState;
import dev.pilot.api.project.Plan;
import dev.pilot.api.project.PlannedTask;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.GraphRunState;
import dev.pilot.api.run.StartGraph;
import dev.pilot.api.value.Page;
import dev.pilot.wire.WireType;

/** The routes of plans and graph runs. */
public final class GraphRoutes {
    /** {@code POST /api/projects/{id}/plan}. */
    public static final Route<Plan, Page<PlannedTask>> PLAN = Route.post(
                    "/api/projects/{id}/plan",
                    "Makes a project's tasks what a plan says; the same plan again changes nothing.")
            .takes(Plan.class)
            .answers(WireType.pageOf(PlannedTask.class));

    /** {@code POST /api/projects/{id}/graph/runs}. */
    public static final Route<StartGraph, GraphRun> START = Route.post(
                    "/api/projects/{id}/graph/runs",
                    "Starts a graph run: a project's tasks become runs as soon as what they depend on is done.")
            .takes(Media.OPTIONAL_JSON, StartGraph.class)
            .creates(GraphRun.class);

    /** {@code GET /api/graph-runs}. */
    public static final Route<Void, Page<GraphRun>> LIST = Route.get(
                    "/api/graph-runs", "Lists graph runs, newest first.")
            .answers(WireType.pageOf(GraphRun.class))
            .query("projectId", ProjectId.class, "Only those of this project.")
            .query("state", GraphRunState.class, "Only those in this state.")
            .paged();

    /** {@code GET /api/graph-runs/{id}}. */
    public static final Route<Void, GraphRun> GET =
            Route.get("/api/graph-runs/{id}", "Gets a graph run.").answers(GraphRun.class);

    /** {@code GET /api/graph-runs/{id}/state}. */
    public static final Route<Void, GraphState> STATE = Route.get(
                    "/api/graph-runs/{id}/state", "Says how a graph run stands, task by task.")
            .answers(GraphState.class);

    /** {@code POST /api/graph-runs/{id}/pause}. */
    public static final Route<Void, GraphRun> PAUSE = Route.post(
                    "/api/graph-runs/{id}/pause", "Has a graph run begin nothing more for now.")
            .answers(GraphRun.class);

    /** {@code POST /api/graph-runs/{id}/resume}. */
    public static final Route<Void, GraphRun> RESUME =
            Route.post("/api/graph-runs/{id}/resume", "Has a graph run go on.").answers(GraphRun.class);

    /** {@code POST /api/graph-runs/{id}/retry-failed}. */
    public static final Route<Void, GraphRun> RETRY_FAILED = Route.post(
                    "/api/graph-runs/{id}/retry-failed", "Has what failed in a graph run tried again.")
            .answers(GraphRun.class);

    /** {@code POST /api/graph-runs/{id}/cancel}. */
    public static final Route<Void, GraphRun> CANCEL = Route.post(
                    "/api/graph-runs/{id}/cancel", "Cancels a graph run with all of its runs that are not over.")
            .answers(GraphRun.class);

    private GraphRoutes() {}
}
