package dev.pilot.store.sqlite;

import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreConfig;
import dev.pilot.api.store.StoreProvider;

/** Opens {@code jdbc:sqlite:<file>}. */
public final class SqliteStoreProvider implements StoreProvider {
    @Override
    public boolean accepts(String url) {
        return url.startsWith(SqliteFile.PREFIX);
    }

    @Override
    public ProjectStore open(StoreConfig config) {
        return SqliteStore.open(config);
    }
}
