package dev.pilot.http.run;

import dev.pilot.api.id.WorkerId;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.route.WorkerRoutes;

/** Workers. */
public final class WorkerOperations {
    private WorkerOperations() {}

    /**
     * Adds the area's operations.
     *
     * @param to takes them
     */
    public static void add(Operations to) {
        to.list(WorkerRoutes.LIST, call -> call.pilot().workers().list());
        to.answer(WorkerRoutes.DRAIN, call -> call.pilot().workers().drain(call.id(WorkerId::new)));
        to.answer(WorkerRoutes.RESUME, call -> call.pilot().workers().resume(call.id(WorkerId::new)));
    }
}
