package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import java.time.Instant;

/**
 * How many runs may be active at once: {@code RUNNING}, {@code BLOCKED} or {@code GATES}. It is never exceeded, however many workers
 * claim at the same moment. Lowering it ends no run: it holds for the next claims.
 *
 * @param scope what it counts by
 * @param key which one of these, or {@link #EACH} for every one that has no quota of its own
 * @param max how many at most; 0 lets none start
 * @param updatedAt when it was set
 */
public record Quota(QuotaScope scope, String key, int max, Instant updatedAt) {
    /** The key that stands for every one. */
    public static final String EACH = "*";

    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if a field is absent
     */
    public Quota {
        InvalidInput.required(scope, "scope");
        InvalidInput.required(key, "key");
        InvalidInput.required(updatedAt, "updatedAt");
    }
}
