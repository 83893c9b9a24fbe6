package dev.pilot.core.limit;

import dev.pilot.api.error.NotFound;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.BudgetPeriod;
import dev.pilot.api.run.BudgetScope;
import dev.pilot.api.run.ScopeBudget;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Json;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Journal;

/** Sets and removes budgets of scopes within a unit of work; for the use-cases of budgets, and for what brings budgets of its own. */
public final class ScopeBudgets {
    private static final long MOST = Long.MAX_VALUE >> 8;

    private final Journal journal;
    private final UsageBook book;

    ScopeBudgets(Journal journal, UsageBook book) {
        this.journal = journal;
        this.book = book;
    }

    /**
     * Finds out what is wrong with a budget.
     *
     * @param check collects it
     * @param scope what it is for
     * @param key its key
     * @param limits its limits
     */
    static void check(InputCheck check, BudgetScope scope, String key, Budget limits) {
        check.name("key", key);
        if (scope == BudgetScope.OVERALL && !key.equals(ScopeBudget.EACH)) {
            check.problem("key", "must be " + ScopeBudget.EACH + " for the budget of all runs");
        }
        if (!checkLimits(check, "limits", limits)) {
            check.problem("limits", "must have at least one of wall, tokens, costMicros and toolCalls");
        }
    }

    /**
     * Finds out what is wrong with the limits of many runs together.
     *
     * @param check collects it
     * @param field the limits' field
     * @param limits the limits
     * @return whether there are any
     */
    public static boolean checkLimits(InputCheck check, String field, Budget limits) {
        boolean any = false;
        for (Metric metric : Metric.values()) {
            Long limit = metric.limit(limits);
            if (limit == null) {
                continue;
            }
            any = true;
            if (!Metric.SCOPED.contains(metric)) {
                check.problem(field + "." + metric.wire(), "can't be limited for many runs together");
            }
            check.range(field + "." + metric.wire(), limit, 0, MOST);
        }
        return any;
    }

    /**
     * Sets a budget, or changes it; what was used before counts.
     *
     * @param unit the unit of work
     * @param scope what it is for
     * @param key its key
     * @param period over what time it counts
     * @param limits its limits, checked
     * @param by who sets it
     * @return the budget
     */
    public ScopeBudget set(
            StoreUnit unit, BudgetScope scope, String key, BudgetPeriod period, Budget limits, String by) {
        ScopeBudget budget = new ScopeBudget(scope, key, period, limits, unit.now());
        unit.budgets().set(budget, ScopeLimits.day(unit.now()));
        Json.Obj data = Json.object("scope", scope, "key", key, "period", period);
        Json.Obj set = Json.object();
        for (Metric metric : Metric.SCOPED) {
            Long limit = metric.limit(limits);
            if (limit != null) {
                set = set.merge(Json.object(metric.wire(), limit));
            }
        }
        tell(unit, scope, key, period, "set", data.merge(Json.object("limits", set)), by);
        book.tell(unit, budget);
        return budget;
    }

    /**
     * Takes a budget away.
     *
     * @param unit the unit of work
     * @param scope what it is for
     * @param key its key
     * @param period over what time it counts
     * @param by who takes it away
     * @throws NotFound if there is none
     */
    void remove(StoreUnit unit, BudgetScope scope, String key, BudgetPeriod period, String by) {
        if (!unit.budgets().delete(scope, key, period)) {
            throw new NotFound("budget", scope.wire() + "/" + key + "/" + period.wire());
        }
        tell(unit, scope, key, period, "removed", Json.object("scope", scope, "key", key, "period", period), by);
    }

    private void tell(
            StoreUnit unit, BudgetScope scope, String key, BudgetPeriod period, String what, Json.Obj data, String by) {
        String name = scope.wire() + ":" + key + ":" + period.wire();
        journal.write(
                unit,
                journal.build(new Subject("budget", name), null, null, "budget", name + " " + what, data)
                        .message("by " + by)
                        .build());
    }
}
