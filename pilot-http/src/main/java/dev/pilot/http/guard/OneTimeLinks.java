package dev.pilot.http.guard;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Words that stand for a token once, for a minute: what a link may carry. They are kept in memory only, so a restart ends them. Threads
 * may share it.
 */
public final class OneTimeLinks {
    /** How long one can be used. */
    public static final Duration VALID = Duration.ofMinutes(1);

    private static final int MOST = 1_000;

    private final Supplier<String> words;
    private final LongSupplier clock;
    private final Map<String, Kept> byDigest = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MOST;
        }
    };

    private record Kept(String token, long until) {}

    /**
     * Makes it.
     *
     * @param words makes words that nobody can guess
     * @param clock tells nanoseconds, from any beginning
     */
    public OneTimeLinks(Supplier<String> words, LongSupplier clock) {
        this.words = words;
        this.clock = clock;
    }

    /**
     * Makes one.
     *
     * @param token what it stands for
     * @return the word
     */
    public String make(String token) {
        String once = words.get();
        long now = clock.getAsLong();
        synchronized (byDigest) {
            byDigest.values().removeIf(kept -> kept.until() - now <= 0);
            byDigest.put(Throttle.digest(once), new Kept(token, now + VALID.toNanos()));
        }
        return once;
    }

    /**
     * Uses one up. It is looked up by its digest, so the time that takes tells nothing of it.
     *
     * @param once the word
     * @return the token that it stood for; null if there is no such word, or no longer
     */
    public @Nullable String take(String once) {
        Kept kept;
        synchronized (byDigest) {
            kept = byDigest.remove(Throttle.digest(once));
        }
        return kept == null || kept.until() - clock.getAsLong() <= 0 ? null : kept.token();
    }
}
