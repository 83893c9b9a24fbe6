package dev.pilot.wire.route;

import dev.pilot.api.project.ProjectStats;
import dev.pilot.api.project.UsageRow;
import dev.pilot.api.system.Health;
import dev.pilot.api.system.HubMeta;
import dev.pilot.api.system.Overview;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Page;
import dev.pilot.wire.WireType;
import dev.pilot.wire.system.Status;

/** The routes about the hub itself. */
public final class SystemRoutes {
    /** {@code GET /health}. */
    public static final Route<Void, Status> ALIVE = Route.get("/health", "Says that the server answers.")
            .answers(Status.class)
            .opened();

    /** {@code GET /health/ready}. */
    public static final Route<Void, Health> READY = Route.get(
                    "/health/ready", "Says how the hub fares; 503 if it is not well.")
            .answers(Health.class);

    /** {@code GET /api/meta}. */
    public static final Route<Void, HubMeta> META =
            Route.get("/api/meta", "Says what the hub is and can do.").answers(HubMeta.class);

    /** {@code GET /api/overview}. */
    public static final Route<Void, Overview> OVERVIEW =
            Route.get("/api/overview", "Counts all that the hub keeps.").answers(Overview.class);

    /** {@code GET /api/stats}. */
    public static final Route<Void, ProjectStats> STATS =
            Route.get("/api/stats", "Counts over all projects and their runs.").answers(ProjectStats.class);

    /** {@code GET /api/stats/usage}. */
    public static final Route<Void, Page<UsageRow>> USAGE = Route.get(
                    "/api/stats/usage", "Adds up what runs used, those that were deleted included.")
            .answers(WireType.pageOf(UsageRow.class))
            .query(
                    "by",
                    String.class,
                    "What there is a row for each of: day, project, agent, model, provider; separated by commas.")
            .query("from", String.class, "The first day, UTC, such as 2026-01-31.")
            .query("to", String.class, "The last day.")
            .query("project", String.class, "Only this project's.")
            .query("agent", String.class, "Only this agent's.")
            .query("model", String.class, "Only this model's.")
            .query("provider", String.class, "Only this provider's.");

    /** {@code GET /openapi.json}. */
    public static final Route<Void, Json> OPENAPI =
            Route.get("/openapi.json", "Describes all routes (OpenAPI 3.1).").answers(Json.class);

    private SystemRoutes() {}
}
