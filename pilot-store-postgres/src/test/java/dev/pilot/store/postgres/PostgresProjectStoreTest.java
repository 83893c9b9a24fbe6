package dev.pilot.store.postgres;

import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreConfig;
import dev.pilot.testkit.store.ProjectStoreContract;
import java.nio.file.Path;
import java.time.Clock;

class PostgresProjectStoreTest extends ProjectStoreContract {
    @Override
    protected ProjectStore open(Path directory, Clock clock) {
        return new PostgresStoreProvider().open(new StoreConfig(PostgresServer.url(directory), directory, clock));
    }
}
