package dev.pilot.client.system;

import dev.pilot.api.system.Health;
import dev.pilot.api.system.HubMeta;
import dev.pilot.api.system.HubSystem;
import dev.pilot.api.system.Overview;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.Request;
import dev.pilot.wire.route.SystemRoutes;

/** {@link HubSystem} of a hub elsewhere. */
public final class RemoteSystem implements HubSystem {
    private final Connection connection;

    /**
     * Makes it.
     *
     * @param connection to the hub
     */
    public RemoteSystem(Connection connection) {
        this.connection = connection;
    }

    @Override
    public HubMeta meta() {
        return connection.call(Request.to(SystemRoutes.META));
    }

    /** A hub that is not well says so with a 503, which is an answer here and no failure. */
    @Override
    public Health health() {
        return connection.call(Request.to(SystemRoutes.READY).answeredBy(503));
    }

    @Override
    public Overview overview() {
        return connection.call(Request.to(SystemRoutes.OVERVIEW));
    }
}
