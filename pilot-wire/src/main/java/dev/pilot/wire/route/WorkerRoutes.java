package dev.pilot.wire.route;

import dev.pilot.api.run.WorkerInfo;
import dev.pilot.api.value.Page;
import dev.pilot.wire.WireType;

/** The routes of workers. */
public final class WorkerRoutes {
    /** {@code GET /api/workers}. */
    public static final Route<Void, Page<WorkerInfo>> LIST = Route.get(
                    "/api/workers", "Lists the workers that the hub has seen, the last seen first.")
            .answers(WireType.pageOf(WorkerInfo.class));

    /** {@code POST /api/workers/{id}/drain}. */
    public static final Route<Void, WorkerInfo> DRAIN = Route.post(
                    "/api/workers/{id}/drain", "Lets a worker finish what it has, but take nothing more.")
            .answers(WorkerInfo.class);

    /** {@code POST /api/workers/{id}/resume}. */
    public static final Route<Void, WorkerInfo> RESUME = Route.post(
                    "/api/workers/{id}/resume", "Lets a worker take runs again.")
            .answers(WorkerInfo.class);

    private WorkerRoutes() {}
}
