package dev.pilot.core;

import dev.pilot.api.error.Unavailable;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreState;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.core.system.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a hub left that is not running, to be looked at. Where there is none, none is made.
 *
 * @param data where its files lie
 * @param store its store
 */
record StoppedHub(DataDirectory data, ProjectStore store) implements AutoCloseable {
    static StoppedHub open(PilotConfig config) {
        Path root = config.dataDirectory().toAbsolutePath().normalize();
        if (!Files.exists(root.resolve("hub.id"))) {
            throw none("There is no hub in " + root + ": is the data directory another one?");
        }
        DataDirectory data = new DataDirectory(root);
        if (config.storeUrl() == null && !Files.exists(data.database())) {
            throw none("There is no database in " + root + ": where is store.url, if the hub has one?");
        }
        StoreState state = StoreChoice.inspect(config, data);
        if (state.schema() == null) {
            throw none("No hub has used " + state.location() + ": is store.url another one?");
        }
        if (state.pending() > 0) {
            throw new Unavailable(
                    "store-too-old",
                    "The store " + state.location()
                            + " was left by an older version of Pilot: use that one, or start the hub once.",
                    null);
        }
        ProjectStore store = StoreChoice.open(config, data);
        try {
            data.belongsTo(store.info().hubId(), store.info().location());
        } catch (RuntimeException other) {
            store.close();
            throw other;
        }
        return new StoppedHub(data, store);
    }

    private static Unavailable none(String message) {
        return new Unavailable("no-hub", message, null);
    }

    @Override
    public void close() {
        store.close();
    }
}
