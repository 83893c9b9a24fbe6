package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** What happens to a run that goes over its budget. */
public enum BudgetRule implements Named {
    /** It fails. */
    FAIL("fail"),
    /** It waits for a decision. */
    INTERRUPT("interrupt");

    private final String wire;

    BudgetRule(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
