package dev.pilot.core.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import dev.pilot.api.error.OverLimit;
import dev.pilot.api.error.Unavailable;
import dev.pilot.core.config.PasswordCost;
import dev.pilot.core.system.Ids;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords: argon2id, a few at a time, since each takes memory and time by design. It must never be done in a unit of work.
 * Threads may share it.
 */
final class PasswordHashing {
    private static final int SALT = 16;
    private static final int LENGTH = 32;
    private static final long PATIENCE = 10;

    private final PasswordCost cost;
    private final String decoy;
    private final Semaphore turns;
    private final AtomicInteger waiting = new AtomicInteger();

    PasswordHashing(PasswordCost cost) {
        this.cost = cost;
        this.decoy = head(cost) + base64(Ids.random(SALT)) + "$" + base64(Ids.random(LENGTH));
        this.turns = new Semaphore(cost.atOnce(), true);
    }

    /**
     * Makes a hash with a salt of its own.
     *
     * @throws OverLimit with code {@code log-ins-busy} if too many wait already
     */
    String hash(String password) {
        byte[] salt = Ids.random(SALT);
        return inTurn(
                () -> function().hash(normal(password).getBytes(UTF_8), salt).getResult());
    }

    /**
     * Holds a password against a hash.
     *
     * @param hash the hash; null where there is none: that takes as long and is never right
     * @throws OverLimit with code {@code log-ins-busy} if too many wait already
     */
    boolean isRight(String password, @Nullable String hash) {
        String against = hash == null ? decoy : hash;
        Argon2Function its = hash == null || isCurrent(hash) ? function() : Argon2Function.getInstanceFromHash(hash);
        return inTurn(() -> its.check(normal(password), against)) && hash != null;
    }

    /** Whether a hash was made at the cost of now. */
    boolean isCurrent(String hash) {
        return hash.startsWith(head(cost));
    }

    /** The library keeps one for each cost, with its memory: not before somebody logs in. */
    private Argon2Function function() {
        return Argon2Function.getInstance(cost.memory(), cost.passes(), cost.lanes(), LENGTH, Argon2.ID);
    }

    private static String head(PasswordCost cost) {
        return "$argon2id$v=19$m=" + cost.memory() + ",t=" + cost.passes() + ",p=" + cost.lanes() + "$";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The same letters are the same password, however a keyboard composes them. */
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private <T> T inTurn(Supplier<T> work) {
        if (!turns.tryAcquire()) {
            await();
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    private void await() {
        try {
            if (waiting.incrementAndGet() > cost.waiting() || !turns.tryAcquire(PATIENCE, TimeUnit.SECONDS)) {
                throw new OverLimit(
                        "log-ins-busy",
                        "Too many log in at once: try again in a few seconds (password.at.once and password.waiting).",
                        Duration.ofSeconds(PATIENCE));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted", "The thread was interrupted while it waited to log in.", e);
        } finally {
            waiting.decrementAndGet();
        }
    }
}
