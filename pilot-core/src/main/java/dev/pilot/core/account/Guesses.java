package dev.pilot.core.account;

import dev.pilot.api.error.OverLimit;
import dev.pilot.core.config.LockOut;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong passwords by name and by address, and locks either for a while that grows. A try counts as wrong until it turns out right, so
 * that many at once are no way around it. It lives in memory: guesses must not become writes. Threads may share it.
 */
final class Guesses {
    private static final int MOST = 10_000;

    /** So many of the eldest are looked at for one to be forgotten; if all are locked, one of them goes. */
    private static final int LOOKED_AT = 1_000;

    private final LockOut limits;
    private final Clock clock;
    private final Counts names = new Counts();
    private final Counts addresses = new Counts();

    private record Count(int failures, Instant lockedUntil, Instant last) {
        static final Count NONE = new Count(0, Instant.MIN, Instant.MIN);
    }

    /** Forgets what was not touched for longest and is not locked, so that inventing names or addresses neither fills memory nor unlocks. */
    private static final class Counts extends LinkedHashMap<String, Count> {
        private static final long serialVersionUID = 1L;

        Counts() {
            super(16, 0.75f, true);
        }

        void put(String key, Count count, Instant now) {
            put(key, count);
            if (size() > MOST) {
                Iterator<Count> eldest = values().iterator();
                Count candidate = eldest.next();
                for (int i = 1; i < LOOKED_AT && candidate.lockedUntil().isAfter(now); i++) {
                    candidate = eldest.next();
                }
                eldest.remove();
            }
        }
    }

    Guesses(LockOut limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Begins a try.
     *
     * @return whether the name is locked from now on, unless this try is right
     * @throws OverLimit with code {@code log-in-locked} if the name or the address is locked
     */
    synchronized boolean begin(String name, String address) {
        Instant now = clock.instant();
        String network = network(address);
        Count ofName = current(names, name, now);
        Count ofAddress = current(addresses, network, now);
        Instant until =
                ofName.lockedUntil().isAfter(ofAddress.lockedUntil()) ? ofName.lockedUntil() : ofAddress.lockedUntil();
        if (now.isBefore(until)) {
            Duration wait = Duration.ofSeconds(Duration.between(now, until).toSeconds() + 1);
            throw new OverLimit(
                    "log-in-locked",
                    "There were too many wrong passwords: try again in " + wait.toSeconds()
                            + " s. Whoever is logged in stays so, and tokens hold.",
                    wait);
        }
        Count next = failed(ofName, limits.attempts(), now);
        names.put(name, next, now);
        addresses.put(network, failed(ofAddress, limits.addressAttempts(), now), now);
        return next.lockedUntil().isAfter(now);
    }

    /** Ends a try that was right. The address keeps its other failures: one right password is no licence to guess others. */
    synchronized void right(String name, String address) {
        names.remove(name);
        takeBack(addresses, network(address), limits.addressAttempts());
    }

    /** Ends a try that did not come to be one. */
    synchronized void undone(String name, String address) {
        takeBack(names, name, limits.attempts());
        takeBack(addresses, network(address), limits.addressAttempts());
    }

    private Count current(Map<String, Count> counts, String key, Instant now) {
        Count count = counts.getOrDefault(key, Count.NONE);
        Instant quietSince = count.lockedUntil().isAfter(count.last()) ? count.lockedUntil() : count.last();
        return count.failures() > 0 && now.isAfter(quietSince.plus(limits.longest())) ? Count.NONE : count;
    }

    private Count failed(Count before, int allowed, Instant now) {
        int failures = before.failures() + 1;
        return new Count(failures, failures < allowed ? Instant.MIN : now.plus(lock(failures - allowed)), now);
    }

    private Duration lock(int doublings) {
        Duration lock = limits.first();
        for (int i = 0; i < doublings && lock.compareTo(limits.longest()) < 0; i++) {
            lock = lock.multipliedBy(2);
        }
        return lock.compareTo(limits.longest()) < 0 ? lock : limits.longest();
    }

    private static void takeBack(Map<String, Count> counts, String key, int allowed) {
        Count count = counts.get(key);
        if (count == null) {
            return;
        }
        int failures = count.failures() - 1;
        if (failures <= 0) {
            counts.remove(key);
        } else {
            counts.put(key, new Count(failures, failures < allowed ? Instant.MIN : count.lockedUntil(), count.last()));
        }
    }

    /** Whoever has one address of version 6 usually has 2^64 of them. */
    static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // A literal: no name is looked up.
            InetAddress parsed = InetAddress.getByName(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), 8))
                    : parsed.getHostAddress();
        } catch (UnknownHostException notAnAddress) {
            return address;
        }
    }
}
