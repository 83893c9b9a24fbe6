package dev.pilot.store.sqlite;

import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreConfig;
import java.nio.file.Path;
import java.time.Clock;

/** Opens stores for tests, where a hub would have them. */
final class Stores {
    private Stores() {}

    static ProjectStore open(Path dataDirectory) {
        return open(dataDirectory, Clock.systemUTC());
    }

    static ProjectStore open(Path dataDirectory, Clock clock) {
        return SqliteStore.open(new StoreConfig("jdbc:sqlite:" + database(dataDirectory), dataDirectory, clock));
    }

    static Path database(Path dataDirectory) {
        return dataDirectory.resolve("control_plane").resolve("pilot.sqlite3");
    }
}
