package dev.pilot.api.store;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Clock;

/**
 * What it takes to open a store.
 *
 * @param url a JDBC URL, such as {@code jdbc:sqlite:/data/control_plane/pilot.sqlite3}
 * @param dataDirectory the hub's data directory, which exists
 * @param clock the clock of a store without one of its own
 */
public record StoreConfig(String url, Path dataDirectory, Clock clock) {
    /** Checks what must be there. */
    public StoreConfig {
        requireNonNull(url, "url");
        requireNonNull(dataDirectory, "dataDirectory");
        requireNonNull(clock, "clock");
    }

    /** Hides what a URL may hold. */
    @Override
    public String toString() {
        return "StoreConfig[dataDirectory=" + dataDirectory + "]";
    }
}
