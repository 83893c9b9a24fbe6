package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** What a {@link ScopeBudget} is for. */
public enum BudgetScope implements Named {
    /** All runs of the hub together; the only key is {@link ScopeBudget#EACH}. */
    OVERALL("overall"),
    /** The runs of a project; the key is its id. */
    PROJECT("project"),
    /** The runs of an agent profile; the key is its id. */
    AGENT("agent"),
    /** The runs whose profile names a model's provider; the key is its name. */
    PROVIDER("provider"),
    /** The runs of one run of a task graph; the key is its id. */
    GRAPH_RUN("graph-run");

    private final String wire;

    BudgetScope(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
