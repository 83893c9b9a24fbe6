package dev.pilot.api.run;

import java.util.List;

/** What runs may use together: all of them, a project's, an agent's, a provider's, those of a task graph. There are none at first. */
public interface Budgets {
    /**
     * Sets a budget, or changes it. What was used before counts.
     *
     * @param scope what it is for
     * @param key which one of these, or {@link ScopeBudget#EACH} for every one that has no budget of its own over the same period
     * @param period over what time it counts
     * @param limits wall time, tokens, cost, tool calls: at least one of them; 0 lets nothing start
     * @return the budget
     * @throws dev.pilot.api.error.InvalidInput if the key or the limits can't be
     */
    ScopeBudget set(BudgetScope scope, String key, BudgetPeriod period, Budget limits);

    /**
     * Takes a budget away.
     *
     * @param scope what it is for
     * @param key its key
     * @param period over what time it counts
     * @throws dev.pilot.api.error.NotFound if there is none
     */
    void remove(BudgetScope scope, String key, BudgetPeriod period);

    /**
     * All budgets by scope, key and period, with what is spent and reserved now.
     *
     * @return the budgets
     */
    List<BudgetUse> list();
}
