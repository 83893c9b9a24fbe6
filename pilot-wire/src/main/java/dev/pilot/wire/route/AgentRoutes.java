package dev.pilot.wire.route;

import dev.pilot.api.run.Agent;
import dev.pilot.api.run.CreateAgent;
import dev.pilot.api.run.UpdateAgent;
import dev.pilot.api.value.Page;
import dev.pilot.wire.WireType;

/** The routes of agent profiles. */
public final class AgentRoutes {
    /** {@code GET /api/agents}. */
    public static final Route<Void, Page<Agent>> LIST = Route.get("/api/agents", "Lists agent profiles by age.")
            .answers(WireType.pageOf(Agent.class))
            .paged();

    /** {@code POST /api/agents}. */
    public static final Route<CreateAgent, Agent> CREATE = Route.post("/api/agents", "Creates an agent profile.")
            .takes(CreateAgent.class)
            .creates(Agent.class);

    /** {@code GET /api/agents/{id}}. */
    public static final Route<Void, Agent> GET =
            Route.get("/api/agents/{id}", "Gets an agent profile.").answers(Agent.class);

    /** {@code PATCH /api/agents/{id}}. */
    public static final Route<UpdateAgent, Agent> UPDATE = Route.of(
                    "PATCH", "/api/agents/{id}", "Changes some fields of an agent profile.")
            .takes(Media.MERGE_PATCH, UpdateAgent.class)
            .answers(Agent.class);

    /** {@code DELETE /api/agents/{id}}. */
    public static final Route<Void, Void> DELETE =
            Route.of("DELETE", "/api/agents/{id}", "Deletes an agent profile; runs made from it stay.");

    private AgentRoutes() {}
}
