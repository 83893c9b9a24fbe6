package dev.pilot.http.guard;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Words that nobody can guess, each of which stands for a token for a while: so the token itself goes into no link and no cookie. They
 * are kept in memory only, so a restart ends them. Threads may share it.
 */
public final class StandIns {
    /** How long a link can be used. */
    public static final Duration LINK = Duration.ofMinutes(1);

    /** How long a cookie can be used: a working day. */
    public static final Duration COOKIE = Duration.ofHours(12);

    private final Supplier<String> words;
    private final LongSupplier clock;
    private final Duration life;
    private final int most;
    private final int mostOfOne;

    // Guarded by itself. All live equally long, so the oldest are the first to go.
    private final Map<String, Kept> byDigest = new LinkedHashMap<>();

    /**
     * What a word stands for.
     *
     * @param holder whose it is: all tokens of one count as one
     * @param token the token
     */
    public record Token(String holder, String token) {
        /** Hides the token. */
        @Override
        public String toString() {
            return "Token[holder=" + holder + "]";
        }
    }

    private record Kept(Token token, long until) {}

    private StandIns(Supplier<String> words, LongSupplier clock, Duration life, int most, int mostOfOne) {
        this.words = words;
        this.clock = clock;
        this.life = life;
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /**
     * For links: a minute, 20 of a holder and 1,000 of all.
     *
     * @param words makes words that nobody can guess
     * @param clock tells nanoseconds, from any beginning
     * @return none yet
     */
    public static StandIns links(Supplier<String> words, LongSupplier clock) {
        return new StandIns(words, clock, LINK, 1_000, 20);
    }

    /**
     * For cookies: twelve hours, 100 of a holder and 10,000 of all.
     *
     * @param words makes words that nobody can guess
     * @param clock tells nanoseconds, from any beginning
     * @return none yet
     */
    public static StandIns cookies(Supplier<String> words, LongSupplier clock) {
        return new StandIns(words, clock, COOKIE, 10_000, 100);
    }

    /**
     * Makes a word. Where there are too many, the oldest is forgotten: the holder's own, if it is the holder who has too many.
     *
     * @param token what it stands for
     * @return the word
     */
    public String make(Token token) {
        String word = words.get();
        long now = clock.getAsLong();
        synchronized (byDigest) {
            byDigest.values().removeIf(kept -> kept.until() - now <= 0);
            makeRoom(kept -> kept.token().holder().equals(token.holder()), mostOfOne);
            makeRoom(kept -> true, most);
            byDigest.put(Throttle.digest(word), new Kept(token, now + life.toNanos()));
        }
        return word;
    }

    private void makeRoom(Predicate<Kept> among, int room) {
        long count = byDigest.values().stream().filter(among).count();
        Iterator<Kept> oldest = byDigest.values().iterator();
        while (count >= room) {
            if (among.test(oldest.next())) {
                oldest.remove();
                count--;
            }
        }
    }

    /**
     * Finds what a word stands for. It is looked up by its digest, so the time that takes tells nothing of it.
     *
     * @param word the word
     * @return the token that it stands for; null if there is no such word, or no longer
     */
    public @Nullable Token find(String word) {
        String digest = Throttle.digest(word);
        synchronized (byDigest) {
            return current(byDigest.get(digest));
        }
    }

    /**
     * Finds what a word stands for and forgets the word. It is looked up as by {@link #find}.
     *
     * @param word the word
     * @return the token that it stood for; null if there is no such word, or no longer
     */
    public @Nullable Token take(String word) {
        String digest = Throttle.digest(word);
        synchronized (byDigest) {
            return current(byDigest.remove(digest));
        }
    }

    private @Nullable Token current(@Nullable Kept kept) {
        return kept == null || kept.until() - clock.getAsLong() <= 0 ? null : kept.token();
    }
}
