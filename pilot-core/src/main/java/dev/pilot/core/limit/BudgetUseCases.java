package dev.pilot.core.limit;

import dev.pilot.api.access.Caller;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.BudgetPeriod;
import dev.pilot.api.run.BudgetScope;
import dev.pilot.api.run.BudgetUse;
import dev.pilot.api.run.Budgets;
import dev.pilot.api.run.ScopeBudget;
import dev.pilot.core.access.Permission;
import dev.pilot.core.access.Reach;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;
import java.util.List;

/** {@link Budgets} over the store, for one caller. */
final class BudgetUseCases implements Budgets {
    private static final int MOST_KEYS = 500;

    private final HubContext hub;
    private final ScopeBudgets budgets;
    private final Caller caller;

    BudgetUseCases(HubContext hub, ScopeBudgets budgets, Caller caller) {
        this.hub = hub;
        this.budgets = budgets;
        this.caller = caller;
    }

    @Override
    public ScopeBudget set(BudgetScope scope, String key, BudgetPeriod period, Budget limits) {
        Permission.CHANGE_LIMITS.require(caller);
        InputCheck check = new InputCheck();
        ScopeBudgets.check(check, scope, key, limits);
        check.done();
        return hub.store().write("budget.set", unit -> budgets.set(unit, scope, key, period, limits, caller.name()));
    }

    @Override
    public void remove(BudgetScope scope, String key, BudgetPeriod period) {
        Permission.CHANGE_LIMITS.require(caller);
        hub.store().write("budget.remove", unit -> {
            budgets.remove(unit, scope, key, period, caller.name());
            return null;
        });
    }

    @Override
    public List<BudgetUse> list() {
        Permission.SEE_LIMITS.require(caller);
        return hub.store().read(view -> {
            List<ScopeBudget> all = view.budgets().list();
            BudgetBook book = new BudgetBook(view, all);
            SeenLimits seen = new SeenLimits(view, Reach.of(caller));
            return all.stream()
                    .filter(budget -> seen.isThere(budget.scope(), budget.key()))
                    .map(budget -> new BudgetUse(budget, seen.of(budget.scope(), book.levels(budget, MOST_KEYS))))
                    .toList();
        });
    }
}
