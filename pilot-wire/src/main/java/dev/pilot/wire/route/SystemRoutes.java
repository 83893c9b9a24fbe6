package dev.pilot.wire.route;

import dev.pilot.api.project.ProjectStats;
import dev.pilot.api.system.Health;
import dev.pilot.api.system.HubMeta;
import dev.pilot.api.system.Overview;
import dev.pilot.api.value.Json;
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

    /** {@code GET /openapi.json}. */
    public static final Route<Void, Json> OPENAPI =
            Route.get("/openapi.json", "Describes all routes (OpenAPI 3.1).").answers(Json.class);

    private SystemRoutes() {}
}
