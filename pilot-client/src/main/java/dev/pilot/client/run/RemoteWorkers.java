package dev.pilot.client.run;

import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.WorkerInfo;
import dev.pilot.api.run.Workers;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.Request;
import dev.pilot.wire.route.WorkerRoutes;
import java.util.List;

/** {@link Workers} of a hub elsewhere. */
public final class RemoteWorkers implements Workers {
    private final Connection connection;

    /**
     * Makes it.
     *
     * @param connection to the hub
     */
    public RemoteWorkers(Connection connection) {
        this.connection = connection;
    }

    @Override
    public List<WorkerInfo> list() {
        return connection.call(Request.to(WorkerRoutes.LIST)).items();
    }

    @Override
    public WorkerInfo drain(WorkerId id) {
        return connection.call(Request.to(WorkerRoutes.DRAIN, id));
    }

    @Override
    public WorkerInfo resume(WorkerId id) {
        return connection.call(Request.to(WorkerRoutes.RESUME, id));
    }
}
