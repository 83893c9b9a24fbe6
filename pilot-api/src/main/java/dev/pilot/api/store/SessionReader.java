package dev.pilot.api.store;

import java.util.Optional;

/** Reads sessions. */
public interface SessionReader {
    /**
     * Finds one.
     *
     * @param id its id
     * @return the session, if it is not over
     */
    Optional<LiveSession> find(String id);

    /**
     * Finds one by what its refresh tokens have in common.
     *
     * @param familyHash the hash of that
     * @return the session, if it is not over
     */
    Optional<LiveSession> findByFamily(String familyHash);
}
