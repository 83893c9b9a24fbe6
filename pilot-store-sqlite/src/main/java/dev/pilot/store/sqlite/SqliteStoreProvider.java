package dev.pilot.store.sqlite;

import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreConfig;
import dev.pilot.api.store.StoreProvider;
import dev.pilot.api.store.StoreState;
import java.nio.file.Files;
import org.sqlite.SQLiteJDBCLoader;

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

    @Override
    public StoreState inspect(StoreConfig config) {
        SqliteFile file = SqliteFile.at(config.url());
        String version = SQLiteJDBCLoader.getVersion();
        return Files.exists(file.path())
                ? SqliteSchema.inspect(file, version, config.clock())
                : new StoreState("sqlite", version, file.path().toString(), null, 1, false, null, false);
    }
}
