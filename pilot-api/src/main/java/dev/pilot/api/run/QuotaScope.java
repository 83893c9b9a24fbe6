package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** What a {@link Quota} counts by. */
public enum QuotaScope implements Named {
    /** All runs of the hub; the only key is {@link Quota#EACH}. */
    OVERALL("overall"),
    /** The runs of a project; the key is its id. */
    PROJECT("project"),
    /** The runs on a repository; the key is its id. */
    REPOSITORY("repository"),
    /** The runs whose profile names a model's provider; the key is its name. */
    PROVIDER("provider"),
    /** The runs whose allow-list names a tool; the key is its name. */
    TOOL("tool");

    private final String wire;

    QuotaScope(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
