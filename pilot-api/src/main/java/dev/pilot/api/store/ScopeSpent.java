package dev.pilot.api.store;

import dev.pilot.api.run.BudgetPeriod;
import dev.pilot.api.run.BudgetScope;
import dev.pilot.api.run.Spending;

/**
 * What one key of a scope has used.
 *
 * @param scope the scope
 * @param key the key, never {@code *} but for the scope of all runs
 * @param period over what time it counts
 * @param day the day as days since 1970, UTC; 0 where the period is no day
 * @param spent what was used
 */
public record ScopeSpent(BudgetScope scope, String key, BudgetPeriod period, long day, Spending spent) {}
