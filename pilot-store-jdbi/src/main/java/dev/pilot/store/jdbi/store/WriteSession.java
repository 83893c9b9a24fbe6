package dev.pilot.store.jdbi.store;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * A connection that writes, and its transactions. While one is under way, nobody else writes to the store, in this process or any other:
 * so units see what all before them wrote, and events become visible in the order of their positions. Only for one thread at a time.
 */
public interface WriteSession {
    /**
     * The connection.
     *
     * @return it, in the transaction that is under way
     */
    Handle handle();

    /** Begins a transaction; waits for its turn. */
    void begin();

    /**
     * The store's time.
     *
     * @return whole microseconds that never go back
     */
    Instant now();

    /**
     * The position of the newest event.
     *
     * @return the position, 0 if there never was one
     */
    long lastPosition();

    /**
     * Takes positions, which count once the transaction is committed.
     *
     * @param last the position of the newest event from now on
     */
    void lastPosition(long last);

    /** Commits; durable when it returns. Where it throws, the transaction is still to be rolled back. */
    void commit();

    /** Sets the savepoint of a unit. */
    void savepoint();

    /** Lets go of the savepoint; what was done since stays. */
    void release();

    /** Goes back to the savepoint, which is gone then. */
    void undo();

    /** Ends the transaction without its effects, if there is one. Never throws. */
    void rollback();
}
