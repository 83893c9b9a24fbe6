package dev.pilot.store.jdbi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Instants as the columns hold them: microseconds since 1970, UTC. */
public final class Micros {
    private Micros() {}

    /**
     * To a column.
     *
     * @param instant the instant
     * @return its microseconds
     */
    public static long of(Instant instant) {
        // Not ChronoUnit.between: JDK 17's counts nanoseconds in between, which overflow in the year 2262.
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    /**
     * To a column that may be null.
     *
     * @param instant the instant, or null
     * @return its microseconds, or null
     */
    public static @Nullable Long ofNullable(@Nullable Instant instant) {
        return instant == null ? null : of(instant);
    }

    /**
     * From a column.
     *
     * @param micros the microseconds
     * @return the instant
     */
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
