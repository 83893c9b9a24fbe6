package dev.pilot.store.postgres;

import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreConfig;
import dev.pilot.api.store.StoreProvider;
import dev.pilot.api.store.StoreState;
import dev.pilot.store.jdbi.store.JdbiStore;

/** Opens {@code jdbc:postgresql://<host>/<database>?user=…&password=…}. */
public final class PostgresStoreProvider implements StoreProvider {
    /** Found by its interface. */
    public PostgresStoreProvider() {}

    @Override
    public boolean accepts(String url) {
        return url.startsWith(PostgresUrl.PREFIX);
    }

    @Override
    public ProjectStore open(StoreConfig config) {
        return new JdbiStore(PostgresEngine.open(config));
    }

    @Override
    public StoreState inspect(StoreConfig config) {
        return PostgresSchema.inspect(PostgresUrl.of(config.url()), config.clock());
    }
}
