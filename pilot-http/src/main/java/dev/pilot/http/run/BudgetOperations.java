package dev.pilot.http.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.run.BudgetPeriod;
import dev.pilot.api.run.BudgetScope;
import dev.pilot.api.run.ScopeBudget;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.route.BudgetRoutes;
import dev.pilot.wire.run.SetBudget;
import java.util.Objects;

/** Budgets that runs share. */
public final class BudgetOperations {
    private BudgetOperations() {}

    /**
     * Adds the area's operations.
     *
     * @param to takes them
     */
    public static void add(Operations to) {
        to.list(BudgetRoutes.LIST, call -> call.pilot().budgets().list());
        to.answer(BudgetRoutes.SET, call -> {
            SetBudget budget = call.body();
            return call.pilot()
                    .budgets()
                    .set(
                            budget.scope(),
                            Objects.requireNonNull(budget.key()),
                            Objects.requireNonNull(budget.period()),
                            budget.limits());
        });
        to.done(BudgetRoutes.REMOVE, call -> {
            BudgetScope scope = InvalidInput.required(call.named("scope", BudgetScope.class), "scope");
            BudgetPeriod period = call.named("period", BudgetPeriod.class);
            call.pilot()
                    .budgets()
                    .remove(
                            scope,
                            Objects.requireNonNullElse(call.text("key"), ScopeBudget.EACH),
                            Objects.requireNonNullElse(period, BudgetPeriod.TOTAL));
        });
    }
}
