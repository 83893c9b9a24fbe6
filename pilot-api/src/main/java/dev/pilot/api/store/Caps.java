package dev.pilot.api.store;

import dev.pilot.api.run.Quota;
import dev.pilot.api.run.ScopeBudget;
import java.util.List;

/**
 * All that bounds claims, read at once.
 *
 * @param quotas the quotas, by scope and key
 * @param budgets the budgets of scopes, by scope, key and period
 */
public record Caps(List<Quota> quotas, List<ScopeBudget> budgets) {
    /** Keeps what is given from changing. */
    public Caps {
        quotas = List.copyOf(quotas);
        budgets = List.copyOf(budgets);
    }
}
