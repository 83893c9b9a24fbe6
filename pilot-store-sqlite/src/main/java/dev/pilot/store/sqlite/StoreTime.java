package dev.pilot.store.sqlite;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The store's time: whole microseconds that never go back, even where the system's clock does. */
final class StoreTime {
    private final Clock clock;
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);

    StoreTime(Clock clock) {
        this.clock = clock;
    }

    Instant now() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return latest.accumulateAndGet(now, (before, after) -> after.isAfter(before) ? after : before);
    }
}
