package dev.pilot.api.run;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;

/** The use-cases of agent profiles. */
public interface Agents {
    /**
     * Creates an agent profile, or finds the one that the same command made before.
     *
     * @param command the profile
     * @return the profile, and whether it is new
     * @throws dev.pilot.api.error.InvalidInput if a field is wrong
     * @throws dev.pilot.api.error.AlreadyExists if the id or key was used with other content
     */
    Created<Agent> createOrFind(CreateAgent command);

    /**
     * Creates an agent profile, or finds the one that the same command made before.
     *
     * @param command the profile
     * @return the profile
     */
    default Agent create(CreateAgent command) {
        return createOrFind(command).value();
    }

    /**
     * Gets an agent profile.
     *
     * @param id its id
     * @return the profile
     * @throws dev.pilot.api.error.NotFound if there is none
     */
    Agent get(AgentId id);

    /**
     * Lists agent profiles by age.
     *
     * @param page which part of the list
     * @return a page of profiles
     */
    Page<Agent> list(PageRequest page);

    /**
     * Changes some fields. Runs that exist keep what they were made with.
     *
     * @param id its id
     * @param patch what to change
     * @return the profile now
     * @throws dev.pilot.api.error.Conflict if {@code ifUpdatedAt} is stale; it carries the profile
     */
    Agent update(AgentId id, UpdateAgent patch);

    /**
     * Deletes an agent profile. Runs made from it stay.
     *
     * @param id its id
     */
    void delete(AgentId id);
}
