package dev.pilot.server.doctor;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.store.StoreConfig;
import dev.pilot.api.store.StoreProvider;
import dev.pilot.api.store.StoreState;
import dev.pilot.core.config.PilotConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.ServiceLoader;

/**
 * The store as it is found without opening it.
 *
 * @param finding what to say of it
 * @param letsIn whether it keeps a user or token that is let in
 */
record Database(Finding finding, boolean letsIn) {
    static Database look(PilotConfig config, Path root) {
        String given = config.storeUrl();
        Path file = root.resolve("control_plane").resolve("pilot.sqlite3");
        if (given == null && !Files.exists(file)) {
            return empty(Finding.ok("database", "will be made in " + file));
        }
        String url = given == null ? "jdbc:sqlite:" + file : given;
        StoreProvider provider = ServiceLoader.load(StoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.accepts(url))
                .findFirst()
                .orElse(null);
        if (provider == null) {
            return empty(
                    Finding.fail("database", "no adapter is there for it", "set store.url to sqlite or postgresql"));
        }
        try {
            StoreState state = provider.inspect(new StoreConfig(url, root, config.clock()));
            return new Database(finding(state), state.letsIn());
        } catch (PilotException unreachable) {
            return empty(Finding.fail(
                    "database", unreachable.getMessage(), "see that it runs, and that store.url is right"));
        }
    }

    private static Database empty(Finding finding) {
        return new Database(finding, false);
    }

    private static Finding finding(StoreState state) {
        String found = state.engine() + " " + state.version() + ", " + state.location() + ", schema "
                + Objects.requireNonNullElse(state.schema(), "none");
        if (state.tooNew()) {
            return Finding.fail("database", found + ", written by a newer Pilot", "use that one");
        } else if (state.fault() != null) {
            return Finding.fail(
                    "database",
                    found + ", which this Pilot didn't make: " + state.fault(),
                    "use the Pilot that made it, or another database");
        }
        return state.pending() > 0
                ? Finding.warn(
                        "database",
                        found + ", " + state.pending() + " migrations to be done",
                        "they are done when a hub opens it: have a backup")
                : Finding.ok("database", found);
    }
}
