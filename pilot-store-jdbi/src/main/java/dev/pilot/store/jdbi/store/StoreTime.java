package dev.pilot.store.jdbi.store;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A store's time: whole microseconds that never go back, even where the clock does. Threads may share it. */
public final class StoreTime {
    private final Clock clock;
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);

    /**
     * Makes it.
     *
     * @param clock tells the time
     */
    public StoreTime(Clock clock) {
        this.clock = clock;
    }

    /**
     * The time by the clock.
     *
     * @return the time
     */
    public Instant now() {
        return noEarlier(clock.instant());
    }

    /**
     * The time by another clock, such as the database's.
     *
     * @param instant what it shows
     * @return the time
     */
    public Instant noEarlier(Instant instant) {
        Instant now = instant.truncatedTo(ChronoUnit.MICROS);
        return latest.accumulateAndGet(now, (before, after) -> after.isAfter(before) ? after : before);
    }
}
