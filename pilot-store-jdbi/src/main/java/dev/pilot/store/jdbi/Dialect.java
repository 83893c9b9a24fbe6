package dev.pilot.store.jdbi;

import org.jdbi.v3.core.Handle;

/** In what the engines differ. Everything else is one SQL text for both. */
public interface Dialect {
    /**
     * Takes positions for events. They grow with every call, and events become visible in their order.
     *
     * @param handle the connection, in a transaction
     * @param count how many
     * @return the first of them
     */
    long positions(Handle handle, int count);
}
