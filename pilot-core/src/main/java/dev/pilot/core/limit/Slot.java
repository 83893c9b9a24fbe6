package dev.pilot.core.limit;

import dev.pilot.api.run.BudgetScope;

/**
 * One of a scope: what budgets count together.
 *
 * @param scope the scope
 * @param key which of the scope
 */
public record Slot(BudgetScope scope, String key) {
    /**
     * Its name for people.
     *
     * @return such as {@code project prj_1}
     */
    public String describe() {
        return scope == BudgetScope.OVERALL ? "all runs" : scope.wire() + " " + key;
    }
}
