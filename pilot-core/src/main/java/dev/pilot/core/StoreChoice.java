package dev.pilot.core;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreConfig;
import dev.pilot.api.store.StoreProvider;
import dev.pilot.api.store.StoreState;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.core.system.DataDirectory;
import java.util.ServiceLoader;

/** Picks the store by its URL among the adapters on the class path. */
final class StoreChoice {
    private StoreChoice() {}

    static ProjectStore open(PilotConfig config, DataDirectory data) {
        StoreConfig store = store(config, data);
        return provider(store.url()).open(store);
    }

    /** How the store is found, which need not be there. */
    static StoreState inspect(PilotConfig config, DataDirectory data) {
        StoreConfig store = store(config, data);
        return provider(store.url()).inspect(store);
    }

    private static StoreConfig store(PilotConfig config, DataDirectory data) {
        String url = config.storeUrl() == null ? "jdbc:sqlite:" + data.database() : config.storeUrl();
        return new StoreConfig(url, data.root(), config.clock());
    }

    private static StoreProvider provider(String url) {
        for (StoreProvider provider : ServiceLoader.load(StoreProvider.class)) {
            if (provider.accepts(url)) {
                return provider;
            }
        }
        String engine = url.split(":", 3)[1];
        throw InvalidInput.of(
                "storeUrl", "no adapter for " + engine + " is on the class path: add the module pilot-store-" + engine);
    }
}
