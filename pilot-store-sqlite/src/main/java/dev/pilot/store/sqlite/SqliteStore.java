package dev.pilot.store.sqlite;

import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreConfig;
import dev.pilot.store.jdbi.store.JdbiStore;
import dev.pilot.store.jdbi.store.StoreTime;
import java.util.function.BiFunction;

/** Opens {@link ProjectStore}s on SQLite. */
public final class SqliteStore {
    private SqliteStore() {}

    /**
     * Opens a store, making or migrating the database where needed.
     *
     * @param config what to open
     * @return the store
     * @throws dev.pilot.api.error.Unavailable if another hub uses it, it can't be opened, or a newer program wrote it
     */
    public static ProjectStore open(StoreConfig config) {
        return open(config, SqliteConnection::writing);
    }

    /** With a writer's connection of one's own: for tests of what happens to it. */
    static ProjectStore open(StoreConfig config, BiFunction<SqliteFile, StoreTime, SqliteConnection> writer) {
        return new JdbiStore(SqliteEngine.open(config, writer));
    }
}
