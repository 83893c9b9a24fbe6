package dev.pilot.http.run;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.run.Agent;
import dev.pilot.api.run.UpdateAgent;
import dev.pilot.http.call.Call;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.route.AgentRoutes;

/** Agent profiles. */
public final class AgentOperations {
    private AgentOperations() {}

    /**
     * Adds the area's operations.
     *
     * @param to takes them
     */
    public static void add(Operations to) {
        to.answer(AgentRoutes.LIST, call -> call.pilot().agents().list(call.page()));
        to.create(
                AgentRoutes.CREATE,
                call -> call.pilot().agents().createOrFind(call.body()),
                AgentRoutes.GET,
                Agent::id);
        to.answer(AgentRoutes.GET, call -> call.pilot().agents().get(call.id(AgentId::new)));
        to.answer(AgentRoutes.UPDATE, call -> call.pilot().agents().update(call.id(AgentId::new), patch(call)));
        to.done(AgentRoutes.DELETE, call -> call.pilot().agents().delete(call.id(AgentId::new)));
    }

    private static UpdateAgent patch(Call<UpdateAgent> call) {
        UpdateAgent patch = call.body();
        return patch.toBuilder()
                .ifUpdatedAt(call.ifUpdatedAt(patch.ifUpdatedAt()))
                .build();
    }
}
