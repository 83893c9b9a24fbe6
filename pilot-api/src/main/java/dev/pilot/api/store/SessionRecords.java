package dev.pilot.api.store;

import dev.pilot.api.id.UserId;
import java.time.Instant;

/** Reads and writes sessions. */
public interface SessionRecords extends SessionReader {
    /**
     * Inserts one.
     *
     * @param session the session
     */
    void create(LiveSession session);

    /**
     * Gives one another refresh token.
     *
     * @param session the session with its new hash and end
     * @param expected the hash that was read
     * @throws StaleWrite if it has another hash, or is over
     */
    void rotate(LiveSession session, String expected);

    /**
     * Ends one.
     *
     * @param id its id
     * @return whether it was there
     */
    boolean delete(String id);

    /**
     * Ends all of a user's.
     *
     * @param userId the user
     * @return how many there were
     */
    int deleteOf(UserId userId);

    /**
     * Deletes a user's sessions that are over, and the oldest of the others, so that some are left at most.
     *
     * @param userId the user
     * @param now the time
     * @param most how many are left at most
     */
    void prune(UserId userId, Instant now, int most);
}
