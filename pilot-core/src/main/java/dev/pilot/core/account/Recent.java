package dev.pilot.core.account;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was read of the store lately. Whatever changes it within this hub calls {@link #forget} behind its commit, and from then on nothing
 * older is answered; a change by another hub shows after the given time at the latest. What is not there is not remembered.
 *
 * @param <V> what is read
 */
final class Recent<V> {
    private static final int MOST = 10_000;

    private final long nanos;
    private final Map<String, Seen<V>> seen = new HashMap<>();
    private long generation;

    private record Seen<V>(V value, long until) {}

    Recent(Duration longest) {
        this.nanos = longest.toNanos();
    }

    @Nullable
    V get(String key, Supplier<@Nullable V> read) {
        long before;
        synchronized (this) {
            Seen<V> known = seen.get(key);
            if (known != null && System.nanoTime() - known.until() < 0) {
                return known.value();
            }
            before = generation;
        }
        V value = read.get();
        synchronized (this) {
            // What was read before the last change may be what it was before.
            if (value == null || generation != before || nanos == 0) {
                seen.remove(key);
            } else {
                if (seen.size() >= MOST) {
                    seen.clear();
                }
                seen.put(key, new Seen<>(value, System.nanoTime() + nanos));
            }
        }
        return value;
    }

    synchronized void forget() {
        generation++;
        seen.clear();
    }
}
