package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** Over what time a {@link ScopeBudget} counts. */
public enum BudgetPeriod implements Named {
    /** All that was ever used. */
    TOTAL("total"),
    /** What is used on a day, UTC, by the store's clock. */
    DAY("day");

    private final String wire;

    BudgetPeriod(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
