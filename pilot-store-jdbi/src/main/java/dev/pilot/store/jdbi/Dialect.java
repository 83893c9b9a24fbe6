package dev.pilot.store.jdbi;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** In what the engines differ. Everything else is one SQL text for both. */
public interface Dialect extends Syntax {
    /**
     * Takes positions for events. They grow with every call, and events become visible in their order.
     *
     * @param handle the connection, in a transaction
     * @param count how many
     * @return the first of them
     */
    long positions(Handle handle, int count);

    /**
     * Writes rows, in the way in which the engine is quickest.
     *
     * @param statement what inserts or updates them
     * @param rows the values of each, {@code String}, {@code Long} or null; not empty
     * @return for each row, whether it was written
     */
    boolean[] write(RowStatement statement, List<@Nullable Object[]> rows);
}
