package dev.pilot.core;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreConfig;
import dev.pilot.api.store.StoreProvider;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.core.system.DataDirectory;
import java.util.ServiceLoader;

/** Picks the store by its URL among the adapters on the class path. */
final class StoreChoice {
    private StoreChoice() {}

    static ProjectStore open(PilotConfig config, DataDirectory data) {
        String url = config.storeUrl() == null ? "jdbc:sqlite:" + data.database() : config.storeUrl();
        for (StoreProvider provider : ServiceLoader.load(StoreProvider.class)) {
            if (provider.accepts(url)) {
                return provider.open(new StoreConfig(url, data.root(), config.clock()));
            }
        }
        String engine = url.split(":", 3)[1];
        throw InvalidInput.of(
                "storeUrl", "no adapter for " + engine + " is on the class path: add the module pilot-store-" + engine);
    }
}
