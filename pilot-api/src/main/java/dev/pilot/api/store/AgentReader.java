package dev.pilot.api.store;

import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.run.Agent;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.util.Optional;

/** Reads agents. */
public interface AgentReader {
    /**
     * Finds one.
     *
     * @param id its id
     * @return the agent, if there is one
     */
    Optional<Agent> find(AgentId id);

    /**
     * Gets one.
     *
     * @param id its id
     * @return the agent
     * @throws NotFound if there is none
     */
    default Agent get(AgentId id) {
        return find(id).orElseThrow(() -> new NotFound("agent", id.value()));
    }

    /**
     * Lists a page.
     *
     * @param page which part of the list
     * @return the page; its order is stable and its cost does not grow with the list
     */
    Page<Agent> list(PageRequest page);
}
