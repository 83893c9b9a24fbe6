package dev.pilot.http.call;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.PilotException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whoever was let in, for as long as what it showed is good for the very same. A call may last for hours, and a token that is revoked
 * meanwhile must not write to the end. Threads may share it.
 */
public final class Admitted {
    private final Pilot pilot;
    private final Supplier<@Nullable PilotException> over;
    private final long pause;
    private final LongSupplier clock;
    private volatile long asked;

    /**
     * Makes one, of somebody who was let in just now.
     *
     * @param pilot the hub as the caller sees it
     * @param over says why the caller may not stay, or null as long as it may; may ask the store
     * @param pause how long an answer of that is good enough for {@link #check}
     * @param clock tells nanoseconds, from any beginning
     */
    public Admitted(Pilot pilot, Supplier<@Nullable PilotException> over, Duration pause, LongSupplier clock) {
        this.pilot = pilot;
        this.over = over;
        this.pause = pause.toNanos();
        this.clock = clock;
        this.asked = clock.getAsLong();
    }

    /**
     * The hub as the caller sees it.
     *
     * @return the hub, with the rights that the caller came in with
     */
    public Pilot pilot() {
        return pilot;
    }

    /**
     * Asks the door now.
     *
     * @return why the caller may not stay, or null as long as it may
     */
    public @Nullable PilotException over() {
        return over.get();
    }

    /**
     * Asks the door, unless that was done a moment ago: so it costs nothing to call this before each step of something long.
     *
     * @throws dev.pilot.api.error.Unauthenticated if what the caller has shown holds no longer
     * @throws dev.pilot.api.error.Unavailable with code {@code access-changed} if it is good for something else now
     */
    public void check() {
        long now = clock.getAsLong();
        if (now - asked < pause) {
            return;
        }
        asked = now;
        PilotException why = over.get();
        if (why != null) {
            throw why;
        }
    }
}
