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
 * Counts how often callers and addresses come, and how often an address is wrong about who it is. Each method answers how long to stay
 * away, or null for nothing to wait for. Threads may share it.
 */
public final class Throttle {
    private static final long FIRST_WAIT = TimeUnit.SECONDS.toNanos(1);

    private final RateLimits limits;
    private final LongSupplier clock;
    private final Recent<Pace> callers;
    private final Recent<Pace> addresses;
    private final Recent<Strikes> strikes;

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
        strikes = new Recent<>(limits.remembered(), Strikes::new);
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

    /** Guarded by its part of the table. */
    private static final class Strikes {
        private int count;
        private long last;
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
     * Whether an address may show a credential. A token that was good a while ago may always be shown, so that nobody shuts others out
     * by guessing from where they are.
     *
     * @param address who is counted as one
     * @param token what it shows
     * @return how long to stay away, or null
     */
    public @Nullable Wait mayTry(String address, String token) {
        if (limits.failures() == 0) {
            return null;
        }
        long wait = strikes.find(address, 0L, this::left);
        return wait <= 0 || callers.find(digest(token), false, known -> true)
                ? null
                : new Wait(Duration.ofNanos(wait), 0);
    }

    private long left(Strikes of) {
        return of.last + pause(of.count) - clock.getAsLong();
    }

    private long pause(int count) {
        int beyond = count - limits.failures();
        long longest = limits.longestWait().toNanos();
        return beyond < 0 ? 0 : beyond > 30 ? longest : Math.min(longest, FIRST_WAIT << beyond);
    }

    /**
     * Counts a credential that was wrong. One that was good a while ago was not guessed and doesn't count.
     *
     * @param address who is counted as one
     * @param token what it has shown
     */
    public void failed(String address, String token) {
        if (limits.failures() > 0 && !callers.find(digest(token), false, known -> true)) {
            long now = clock.getAsLong();
            strikes.with(address, of -> {
                boolean forgotten =
                        now - of.last > pause(of.count) + limits.longestWait().toNanos();
                of.count = forgotten ? 1 : of.count + 1;
                of.last = now;
                return of.count;
            });
        }
    }

    /**
     * How much is remembered.
     *
     * @return entries of all tables
     */
    public int size() {
        return callers.size() + addresses.size() + strikes.size();
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
