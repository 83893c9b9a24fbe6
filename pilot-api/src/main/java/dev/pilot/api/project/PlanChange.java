package dev.pilot.api.project;

import dev.pilot.api.value.Named;

/** What came of a task of a plan. */
public enum PlanChange implements Named {
    /** It was not there before. */
    CREATED("created"),
    /** It was there, not begun, and is now as the plan says. */
    UPDATED("updated"),
    /** It was there as the plan says. */
    UNCHANGED("unchanged"),
    /** It differs from the plan, but has been begun, so it was left as it is. */
    KEPT("kept");

    private final String wire;

    PlanChange(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
