package dev.pilot.api.store;

import dev.pilot.api.id.GrantId;
import dev.pilot.api.run.GrantFilter;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.ToolGrant;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.time.Instant;
import java.util.Optional;

/** Reads grants of tools. */
public interface GrantReader {
    /**
     * Finds one.
     *
     * @param id its id
     * @return the grant, if there is one
     */
    Optional<ToolGrant> find(GrantId id);

    /**
     * Lists a page, the newest first.
     *
     * @param filter which
     * @param page which part of the list
     * @return the page; its order is stable and its cost does not grow with the list
     */
    Page<ToolGrant> list(GrantFilter filter, PageRequest page);

    /**
     * The grant by which a run may use a tool: one for the very use before others, then the narrowest.
     *
     * @param run the run
     * @param tool the tool
     * @param hash the hash of the use
     * @param now the time: those that are over are left out, as are those that are used up
     * @return the grant, if there is one
     */
    Optional<ToolGrant> holding(Run run, String tool, String hash, Instant now);
}
