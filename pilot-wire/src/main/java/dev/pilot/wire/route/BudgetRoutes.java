package dev.pilot.wire.route;

import dev.pilot.api.run.BudgetPeriod;
import dev.pilot.api.run.BudgetScope;
import dev.pilot.api.run.BudgetUse;
import dev.pilot.api.run.ScopeBudget;
import dev.pilot.api.value.Page;
import dev.pilot.wire.WireType;
import dev.pilot.wire.run.SetBudget;

/** The routes of budgets that runs share; a key of {@code *} stands for every one that has no budget of its own. */
public final class BudgetRoutes {
    /** {@code GET /api/budgets}. */
    public static final Route<Void, Page<BudgetUse>> LIST = Route.get(
                    "/api/budgets", "Lists budgets by scope, key and period, with what is spent and reserved now.")
            .answers(WireType.pageOf(BudgetUse.class));

    /** {@code PUT /api/budgets}. */
    public static final Route<SetBudget, ScopeBudget> SET = Route.of(
                    "PUT", "/api/budgets", "Sets what runs may use together.")
            .takes(SetBudget.class)
            .answers(ScopeBudget.class);

    /** {@code DELETE /api/budgets}. */
    public static final Route<Void, Void> REMOVE = Route.of("DELETE", "/api/budgets", "Takes a budget away.")
            .query("scope", BudgetScope.class, "What it is for.")
            .query("key", String.class, "Its key; * if absent.")
            .query("period", BudgetPeriod.class, "Over what time it counts; the total if absent.");

    private BudgetRoutes() {}
}
