package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;

/**
 * How far a budget is used.
 *
 * @param spent what was used in its period
 * @param reserved what runs that workers hold may still use, as far as they have limits of their own
 */
public record BudgetLevel(Spending spent, Spending reserved) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if a field is absent
     */
    public BudgetLevel {
        InvalidInput.required(spent, "spent");
        InvalidInput.required(reserved, "reserved");
    }
}
