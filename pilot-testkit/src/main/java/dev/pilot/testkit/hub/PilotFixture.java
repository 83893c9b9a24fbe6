package dev.pilot.testkit.hub;

import dev.pilot.api.Door;
import dev.pilot.api.Pilot;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Scope;
import dev.pilot.testkit.MovableClock;
import java.nio.file.Path;

/**
 * A hub to hold against the contract, and what a test moves around it. The hub must
 *
 * <ul>
 *   <li>tell the time by {@link #clock()},
 *   <li>redact {@link #KNOWN_SECRET},
 *   <li>look for expired leases at least every 50 ms of real time,
 *   <li>keep tokens of sessions for 15 min, lock a name for 30 s after 5 wrong passwords, and do so in the hub's time: the defaults; its
 *       password hashes may be cheap,
 *   <li>let leases last up to 10 min, claims wait up to 60 s, and external runs be silent for 1 h: the defaults.
 * </ul>
 */
public interface PilotFixture extends AutoCloseable {
    /** A secret without any telling shape: the hub knows it because it was configured with it. */
    String KNOWN_SECRET = "plain words nobody would suspect 4711";

    /**
     * The hub as somebody sees it who may do everything.
     *
     * @return the same object every time
     */
    Pilot pilot();

    /**
     * The hub as somebody else sees it.
     *
     * @param scope what the caller may do: {@code ADMIN}, {@code AGENT} or {@code WORKER}
     * @return the same object every time for the same scope
     */
    Pilot as(Scope scope);

    /**
     * The hub as any caller sees it.
     *
     * @param caller who asks
     * @return the same object every time for the same caller
     */
    Pilot as(Caller caller);

    /**
     * The hub as an agent sees it that may only propose: {@code proposer}.
     *
     * @return the same object every time
     */
    Pilot proposing();

    /**
     * Where others come in.
     *
     * @return the hub's door, as whoever is elsewhere sees it; what it admits is refused with the first call at the latest
     */
    Door door();

    /**
     * The hub's clock.
     *
     * @return the clock
     */
    MovableClock clock();

    /**
     * A directory for files of the tests themselves; the hub can read it.
     *
     * @return an existing directory
     */
    Path directory();

    /** Closes the hub and all that was opened for it. */
    @Override
    void close();
}
