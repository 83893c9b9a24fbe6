package dev.pilot.api.store;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.run.Agent;
import java.time.Instant;

/** Reads and writes agents. */
public interface AgentRecords extends AgentReader {
    /**
     * Inserts one.
     *
     * @param agent the agent
     * @throws dev.pilot.api.error.AlreadyExists if the id is taken
     */
    void create(Agent agent);

    /**
     * Replaces one, if it still has the expected version; compared by the statement itself.
     *
     * @param agent the agent with its new version
     * @param expected the version that was read
     * @throws StaleWrite if it has another version, or is gone
     */
    void update(Agent agent, Instant expected);

    /**
     * Deletes one, if it is there.
     *
     * @param id its id
     */
    void delete(AgentId id);
}
