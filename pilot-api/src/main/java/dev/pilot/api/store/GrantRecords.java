package dev.pilot.api.store;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.GrantId;
import dev.pilot.api.run.ToolGrant;
import java.time.Instant;

/** Reads and writes grants of tools. */
public interface GrantRecords extends GrantReader {
    /**
     * Inserts one.
     *
     * @param grant the grant
     */
    void create(ToolGrant grant);

    /**
     * Replaces one, if it still has the expected version; compared by the statement itself.
     *
     * @param grant the grant with its new version
     * @param expected the version that was read
     * @throws StaleWrite if it has another version, or is gone
     */
    void update(ToolGrant grant, Instant expected);

    /**
     * Deletes one.
     *
     * @param id its id
     * @return whether it was there
     */
    boolean delete(GrantId id);

    /**
     * Deletes those that hold for an agent.
     *
     * @param agentId the agent
     */
    void deleteOf(AgentId agentId);
}
