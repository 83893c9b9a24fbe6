package dev.pilot.e2e.fault;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What keeps a hub's records. */
public enum Engine {
    /** The hub's own database file. */
    SQLITE,
    /** A real Postgres, of which each data directory has a database. */
    POSTGRES;

    /**
     * Where the store of a hub lies.
     *
     * @param data the hub's data directory; the same again is the same store
     * @return its URL, null for the hub's own file
     */
    public @Nullable String storeUrl(Path data) {
        return switch (this) {
            case SQLITE -> null;
            case POSTGRES -> Databases.url(data);
        };
    }

    /**
     * Its name in the names of promises.
     *
     * @return such as {@code postgres}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
