package dev.pilot.http.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often callers and addresses come, and how often they are wrong about who they are. Methods answer how long to stay away, or
 * null for nothing to wait for. Tokens can't be guessed, so wrong ones only cost work: whoever shows them must not shut out others who
 * come from the same address. Threads may share it.
 */
public final class Throttle {
    /** So many unknown credentials a second of an address are looked at, and as many at once, after too many were wrong. */
    private static final int LOOKS = 10;

    private final RateLimits limits;
    private final LongSupplier clock;
    private final Recent<Pace> callers;
    private final Recent<Pace> addresses;
    private final Recent<Pace> looks;

    /** By the digest of a credential. */
    private final Strikes wrong;

    /** By address, and by address and place. */
    private final Strikes guesses;

    /**
     * Makes one.
     *
     * @param limits how often may be called
     * @param clock tells nanoseconds, from any beginning
     */
    public Throttle(RateLimits limits, LongSupplier clock) {
        this.limits = limits;
        this.clock = clock;
        long now = clock.getAsLong();
        callers = new Recent<>(limits.remembered(), () -> new Pace(now));
        addresses = new Recent<>(limits.remembered(), () -> new Pace(now));
        looks = new Recent<>(limits.remembered(), () -> new Pace(now));
        wrong = new Strikes(limits, clock);
        guesses = new Strikes(limits, clock);
    }

    /**
     * To stay away.
     *
     * @param time for how long
     * @param most how many requests may come at once, where it is about that; else 0
     */
    public record Wait(Duration time, int most) {
        /**
         * The time as HTTP tells it.
         *
         * @return whole seconds, rounded up, from 1
         */
        public long seconds() {
            return Math.max(1, time.plusMillis(999).toSeconds());
        }
    }

    /** What may come at once is a time that is used up by each request and comes back by itself. Guarded by its part of the table. */
    private static final class Pace {
        private long usedUntil;

        Pace(long start) {
            usedUntil = start;
        }

        /** Nanoseconds to wait; 0 if the request may be served, which is counted then. */
        long take(long now, int rate, long burst) {
            long each = TimeUnit.SECONDS.toNanos(1) / rate;
            long used = Math.max(0, usedUntil - now);
            if (used + each > Math.max(burst, each)) {
                return used + each - Math.max(burst, each);
            }
            usedUntil = now + used + each;
            return 0;
        }
    }

    /**
     * Counts a request of an address.
     *
     * @param address who is counted as one
     * @return how long to stay away, or null
     */
    public @Nullable Wait arrives(String address) {
        return take(addresses, address, limits.address());
    }

    /**
     * Counts a request of a caller who was let in.
     *
     * @param token what it showed
     * @return how long to stay away, or null
     */
    public @Nullable Wait calls(String token) {
        // Not kept as it is: what is in memory for long may end up in a dump of it.
        String key = digest(token);
        if (limits.caller() == 0 && limits.failures() > 0) {
            callers.with(key, known -> known); // that it was good is worth knowing, however often it comes
        }
        return take(callers, key, limits.caller());
    }

    private @Nullable Wait take(Recent<Pace> paces, String key, int rate) {
        if (rate == 0) {
            return null;
        }
        long burst = limits.burst().toNanos();
        long wait = paces.with(key, pace -> pace.take(clock.getAsLong(), rate, burst));
        return wait == 0
                ? null
                : new Wait(Duration.ofNanos(wait), (int)
                        Math.max(1, rate * limits.burst().toSeconds()));
    }

    /**
     * Whether an address may show a token. One that was good a while ago may always be shown. One that was wrong too often has to wait,
     * and that is its own affair. After too many different wrong ones of the address, others are looked at only so many times a second.
     *
     * @param address who is counted as one
     * @param token what it shows
     * @return how long to stay away, or null
     */
    public @Nullable Wait mayTry(String address, String token) {
        if (limits.failures() == 0) {
            return null;
        }
        String digest = digest(token);
        if (isKnown(digest)) {
            return null;
        }
        long left = wrong.left(digest);
        return left > 0 ? new Wait(Duration.ofNanos(left), 0) : look(address);
    }

    /**
     * Counts a token that was wrong; the same one again is held against itself alone. One that was good a while ago was not guessed and
     * doesn't count.
     *
     * @param address who is counted as one
     * @param token what it has shown
     */
    public void failed(String address, String token) {
        if (limits.failures() == 0) {
            return;
        }
        String digest = digest(token);
        if (!isKnown(digest) && wrong.add(digest)) {
            guesses.add(address);
        }
    }

    /**
     * Whether an address may try again where one comes to a credential. What it guessed elsewhere is not held against it there.
     *
     * @param address who is counted as one
     * @param place where
     * @return how long to stay away, or null
     */
    public @Nullable Wait mayTryAt(String address, String place) {
        return limits.failures() == 0 ? null : look(at(address, place));
    }

    /**
     * Counts a guess where one comes to a credential.
     *
     * @param address who is counted as one
     * @param place where
     */
    public void failedAt(String address, String place) {
        if (limits.failures() > 0) {
            guesses.add(at(address, place));
        }
    }

    private static String at(String address, String place) {
        return address + " " + place;
    }

    private boolean isKnown(String digest) {
        return callers.find(digest, false, known -> true);
    }

    private @Nullable Wait look(String guesser) {
        if (guesses.left(guesser) <= 0) {
            return null;
        }
        long wait = looks.with(guesser, pace -> pace.take(clock.getAsLong(), LOOKS, TimeUnit.SECONDS.toNanos(1)));
        return wait == 0 ? null : new Wait(Duration.ofNanos(wait), 0);
    }

    /**
     * How much is remembered.
     *
     * @return entries of all tables
     */
    public int size() {
        return callers.size() + addresses.size() + looks.size() + wrong.size() + guesses.size();
    }

    static String digest(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
