package dev.pilot.core.system;

import dev.pilot.api.error.Conflict;
import dev.pilot.api.store.StoreView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The versions of entities: their {@code updatedAt}, which strictly grows. */
public final class Versions {
    private Versions() {}

    /**
     * The version after a change.
     *
     * @param view tells the time
     * @param current the version now
     * @return now, or a microsecond after the current one where the clock is behind
     */
    public static Instant next(StoreView view, Instant current) {
        Instant soonest = current.plus(1, ChronoUnit.MICROS);
        Instant now = view.now();
        return now.isBefore(soonest) ? soonest : now;
    }

    /**
     * Holds a caller's version against the entity's.
     *
     * @param entity the kind of entity
     * @param id its id
     * @param expected what the caller read, or null for whatever it is
     * @param updatedAt the version now
     * @param current the entity now
     * @throws Conflict if they differ
     */
    public static void check(String entity, String id, @Nullable Instant expected, Instant updatedAt, Record current) {
        if (expected != null && !expected.equals(updatedAt)) {
            throw Conflict.stale(entity, id, expected, updatedAt, current);
        }
    }
}
