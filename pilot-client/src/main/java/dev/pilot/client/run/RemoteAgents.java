package dev.pilot.client.run;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.run.Agent;
import dev.pilot.api.run.Agents;
import dev.pilot.api.run.CreateAgent;
import dev.pilot.api.run.UpdateAgent;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.FreshIds;
import dev.pilot.client.call.Request;
import dev.pilot.wire.route.AgentRoutes;

/** {@link Agents} of a hub elsewhere. */
public final class RemoteAgents implements Agents {
    private final Connection connection;

    /**
     * Makes it.
     *
     * @param connection to the hub
     */
    public RemoteAgents(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Created<Agent> createOrFind(CreateAgent command) {
        if (command.id() != null || command.idempotencyKey() != null) {
            return connection.create(Request.to(AgentRoutes.CREATE, command));
        }
        CreateAgent keyed =
                command.toBuilder().idempotencyKey(FreshIds.next("key")).build();
        return connection.createNew(Request.to(AgentRoutes.CREATE, keyed));
    }

    @Override
    public Agent get(AgentId id) {
        return connection.call(Request.to(AgentRoutes.GET, id));
    }

    @Override
    public Page<Agent> list(PageRequest page) {
        return connection.call(Request.to(AgentRoutes.LIST).page(page));
    }

    @Override
    public Agent update(AgentId id, UpdateAgent patch) {
        return connection.call(Request.to(AgentRoutes.UPDATE, patch, id));
    }

    @Override
    public void delete(AgentId id) {
        connection.run(Request.to(AgentRoutes.DELETE, id));
    }
}
