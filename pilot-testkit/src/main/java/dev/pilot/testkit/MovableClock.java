package dev.pilot.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that tests move. It stands still but for one microsecond per reading, so that what is read later is later. It never goes
 * back by itself. Threads may share it.
 */
public final class MovableClock extends Clock {
    private final AtomicReference<Instant> next;
    private final ZoneId zone;

    private MovableClock(AtomicReference<Instant> next, ZoneId zone) {
        this.next = next;
        this.zone = zone;
    }

    /**
     * A clock that starts at noon on 15 January 2026, UTC.
     *
     * @return the clock
     */
    public static MovableClock create() {
        return startingAt(Instant.parse("2026-01-15T12:00:00Z"));
    }

    /**
     * A clock that starts at a given time.
     *
     * @param start its first reading, cut to microseconds
     * @return the clock
     */
    public static MovableClock startingAt(Instant start) {
        return new MovableClock(new AtomicReference<>(start.truncatedTo(ChronoUnit.MICROS)), ZoneOffset.UTC);
    }

    /**
     * Moves the clock.
     *
     * @param by how far; may be negative
     */
    public void advance(Duration by) {
        requireNonNull(by, "by");
        next.updateAndGet(now -> now.plus(by));
    }

    @Override
    public Instant instant() {
        return next.getAndUpdate(now -> now.plus(1, ChronoUnit.MICROS));
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /**
     * The same clock in another zone: moving one moves both.
     *
     * @param other the zone
     * @return the clock
     */
    @Override
    public Clock withZone(ZoneId other) {
        return new MovableClock(next, requireNonNull(other, "other"));
    }

    @Override
    public String toString() {
        return "MovableClock[" + next.get() + "]";
    }
}
