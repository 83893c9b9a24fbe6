package dev.pilot.core.config;

import dev.pilot.api.error.InvalidInput;
import java.time.Duration;

/**
 * How callers come in.
 *
 * @param passwords what a password must have and what hashing it costs
 * @param sessions how long who has logged in stays so
 * @param lockOut how guessing is slowed down
 * @param cache how long the hub may go by what it has read of a token, session or user. Within one hub changes hold at once all the same;
 *     this is how late they may hold in another that shares the store. Nothing for asking the store every time
 * @param useNotes how often it is noted which tokens were used
 */
public record AccessConfig(
        PasswordCost passwords, SessionLimits sessions, LockOut lockOut, Duration cache, Duration useNotes) {
    /** The defaults: those of its parts, 1 s of cache, notes each minute. */
    public static final AccessConfig DEFAULTS = new AccessConfig(
            PasswordCost.DEFAULTS,
            SessionLimits.DEFAULTS,
            LockOut.DEFAULTS,
            Duration.ofSeconds(1),
            Duration.ofMinutes(1));

    /**
     * Checks it all.
     *
     * @throws InvalidInput if something is out of range
     */
    public AccessConfig {
        if (cache.isNegative() || cache.compareTo(Duration.ofMinutes(1)) > 0) {
            throw InvalidInput.of("cache", "must be from nothing to 1 min, but is " + cache);
        }
        if (useNotes.compareTo(Duration.ofMillis(1)) < 0) {
            throw InvalidInput.of("useNotes", "must be 1 ms at least, but is " + useNotes);
        }
    }

    /**
     * The same with other costs of passwords.
     *
     * @param other the costs
     * @return the configuration
     */
    public AccessConfig passwords(PasswordCost other) {
        return new AccessConfig(other, sessions, lockOut, cache, useNotes);
    }

    /**
     * The same with other limits of sessions.
     *
     * @param other the limits
     * @return the configuration
     */
    public AccessConfig sessions(SessionLimits other) {
        return new AccessConfig(passwords, other, lockOut, cache, useNotes);
    }

    /**
     * The same with another lock-out.
     *
     * @param other the lock-out
     * @return the configuration
     */
    public AccessConfig lockOut(LockOut other) {
        return new AccessConfig(passwords, sessions, other, cache, useNotes);
    }

    /**
     * The same with another cache.
     *
     * @param other how long the hub may go by what it has read
     * @return the configuration
     */
    public AccessConfig cache(Duration other) {
        return new AccessConfig(passwords, sessions, lockOut, other, useNotes);
    }

    /**
     * The same with other notes of use.
     *
     * @param other how often it is noted which tokens were used
     * @return the configuration
     */
    public AccessConfig useNotes(Duration other) {
        return new AccessConfig(passwords, sessions, lockOut, cache, other);
    }
}
