package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import java.util.Map;

/**
 * A budget and how far it is used now.
 *
 * @param budget the budget
 * @param levels what is spent and reserved, by key; keys without anything are left out, and at most 500 are listed
 */
public record BudgetUse(ScopeBudget budget, Map<String, BudgetLevel> levels) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if the budget is absent
     */
    public BudgetUse {
        InvalidInput.required(budget, "budget");
        levels = levels == null ? Map.of() : Map.copyOf(levels);
    }
}
