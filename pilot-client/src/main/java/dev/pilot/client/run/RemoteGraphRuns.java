package dev.pilot.client.run;

import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.project.GraphRuns;
import dev.pilot.api.project.GraphState;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.GraphRunFilter;
import dev.pilot.api.run.StartGraph;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.FreshIds;
import dev.pilot.client.call.Request;
import dev.pilot.wire.route.GraphRoutes;

/** {@link GraphRuns} of a hub elsewhere. */
public final class RemoteGraphRuns implements GraphRuns {
    private final Connection connection;

    /**
     * Makes it.
     *
     * @param connection to the hub
     */
    public RemoteGraphRuns(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Created<GraphRun> startOrFind(StartGraph command) {
        if (command.id() != null || command.idempotencyKey() != null) {
            return connection.create(Request.to(GraphRoutes.START, command, command.projectId()));
        }
        StartGraph keyed =
                command.toBuilder().idempotencyKey(FreshIds.next("key")).build();
        return connection.createNew(Request.to(GraphRoutes.START, keyed, command.projectId()));
    }

    @Override
    public GraphRun get(GraphRunId id) {
        return connection.call(Request.to(GraphRoutes.GET, id));
    }

    @Override
    public Page<GraphRun> list(GraphRunFilter filter, PageRequest page) {
        return connection.call(Request.to(GraphRoutes.LIST)
                .query("projectId", filter.projectId())
                .query("state", filter.state())
                .page(page));
    }

    @Override
    public GraphState state(GraphRunId id) {
        return connection.call(Request.to(GraphRoutes.STATE, id));
    }

    @Override
    public GraphRun pause(GraphRunId id) {
        return connection.call(Request.to(GraphRoutes.PAUSE, id).repeatable());
    }

    @Override
    public GraphRun resume(GraphRunId id) {
        return connection.call(Request.to(GraphRoutes.RESUME, id).repeatable());
    }

    @Override
    public GraphRun retryFailed(GraphRunId id) {
        return connection.call(Request.to(GraphRoutes.RETRY_FAILED, id));
    }

    @Override
    public GraphRun cancel(GraphRunId id) {
        return connection.call(Request.to(GraphRoutes.CANCEL, id).repeatable());
    }
}
