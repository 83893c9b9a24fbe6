package dev.pilot.http.guard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is known of each of those that came last; never more than so many. Threads may share it.
 *
 * @param <V> what is known of one; only touched while its part is held
 */
final class Recent<V> {
    private static final int PARTS = 16;

    private final Part<V>[] parts;
    private final Supplier<V> fresh;

    private static final class Part<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1L;

        private final int most;

        Part(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > most;
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of one generic type
    Recent(int most, Supplier<V> fresh) {
        this.fresh = fresh;
        this.parts = new Part[PARTS];
        for (int i = 0; i < PARTS; i++) {
            parts[i] = new Part<>(Math.max(1, most / PARTS));
        }
    }

    /** Works on one, which is made if nothing is known of it. */
    <T> T with(String key, Function<V, T> work) {
        Part<V> part = part(key);
        synchronized (part) {
            return work.apply(part.computeIfAbsent(key, unused -> fresh.get()));
        }
    }

    /** Works on one, if anything is known of it. */
    <T> T find(String key, T otherwise, Function<V, T> work) {
        Part<V> part = part(key);
        synchronized (part) {
            V found = part.get(key);
            return found == null ? otherwise : work.apply(found);
        }
    }

    int size() {
        int size = 0;
        for (Part<V> part : parts) {
            synchronized (part) {
                size += part.size();
            }
        }
        return size;
    }

    private Part<V> part(String key) {
        int hash = key.hashCode();
        return parts[(hash ^ hash >>> 16) & PARTS - 1];
    }
}
