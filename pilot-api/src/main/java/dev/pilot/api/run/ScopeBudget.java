package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import java.time.Instant;

/**
 * What many runs may use together. A claim reserves what its run may still use, so that nothing starts that would go beyond it.
 *
 * @param scope what it is for
 * @param key which one of these, or {@link #EACH} for every one that has no budget of its own over the same period
 * @param period over what time it counts
 * @param limits wall time, tokens, cost and tool calls; null for no limit. The other limits of a run make no sense here
 * @param updatedAt when it was set
 */
public record ScopeBudget(BudgetScope scope, String key, BudgetPeriod period, Budget limits, Instant updatedAt) {
    /** The key that stands for every one. */
    public static final String EACH = "*";

    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if a field is absent
     */
    public ScopeBudget {
        InvalidInput.required(scope, "scope");
        InvalidInput.required(key, "key");
        InvalidInput.required(period, "period");
        InvalidInput.required(limits, "limits");
        InvalidInput.required(updatedAt, "updatedAt");
    }
}
