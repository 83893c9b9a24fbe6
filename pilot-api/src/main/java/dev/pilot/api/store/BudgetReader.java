package dev.pilot.api.store;

import dev.pilot.api.run.ScopeBudget;
import java.util.Collection;
import java.util.List;

/** Reads the budgets of scopes and what was spent of them. */
public interface BudgetReader {
    /**
     * All quotas and budgets, in one query: a claim reads them both, whether there are any or not.
     *
     * @return the quotas and budgets
     */
    Caps caps();

    /**
     * All budgets, by scope, key and period.
     *
     * @return the budgets
     */
    List<ScopeBudget> list();

    /**
     * What was spent of all keys that budgets hold for.
     *
     * @param day which day counts, as days since 1970
     * @return the sums in total and on that day; keys without any may be left out
     */
    List<ScopeSpent> spent(long day);

    /**
     * The same of some keys only.
     *
     * @param day which day counts, as days since 1970
     * @param keys the keys, of any scope
     * @return the sums in total and on that day; keys without any may be left out
     */
    List<ScopeSpent> spent(long day, Collection<String> keys);
}
