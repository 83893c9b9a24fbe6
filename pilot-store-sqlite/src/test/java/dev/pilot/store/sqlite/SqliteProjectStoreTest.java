package dev.pilot.store.sqlite;

import dev.pilot.api.store.ProjectStore;
import dev.pilot.testkit.store.ProjectStoreContract;
import java.nio.file.Path;
import java.time.Clock;

class SqliteProjectStoreTest extends ProjectStoreContract {
    @Override
    protected ProjectStore open(Path directory, Clock clock) {
        return Stores.open(directory, clock);
    }
}
