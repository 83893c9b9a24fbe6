package dev.pilot.wire.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.BudgetPeriod;
import dev.pilot.api.run.BudgetScope;
import dev.pilot.api.run.ScopeBudget;
import org.jspecify.annotations.Nullable;

/**
 * What a budget is set to.
 *
 * @param scope what it is for
 * @param key which one of these; {@link ScopeBudget#EACH} if absent
 * @param period over what time it counts; the total if absent
 * @param limits what may be used
 */
public record SetBudget(
        BudgetScope scope, @Nullable String key, @Nullable BudgetPeriod period, Budget limits) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent
     */
    public SetBudget {
        InvalidInput.required(scope, "scope");
        key = key == null ? ScopeBudget.EACH : key;
        period = period == null ? BudgetPeriod.TOTAL : period;
        InvalidInput.required(limits, "limits");
    }
}
