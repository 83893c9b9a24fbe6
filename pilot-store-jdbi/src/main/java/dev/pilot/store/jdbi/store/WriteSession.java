package dev.pilot.store.jdbi.store;

import dev.pilot.store.jdbi.RowStatement;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

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

    /**
     * Writes rows; one by one, unless the engine has a quicker way.
     *
     * @param statement what inserts or updates them
     * @param rows the values of each; not empty
     * @return for each row, whether it was written
     */
    default boolean[] write(RowStatement statement, List<@Nullable Object[]> rows) {
        return statement.writeEach(handle(), rows);
    }

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
