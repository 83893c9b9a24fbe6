package dev.pilot.api.repo;

import dev.pilot.api.value.Named;

/** What happened to a file. */
public enum ChangeKind implements Named {
    /** It is new. */
    ADDED("added"),
    /** It has other content. */
    MODIFIED("modified"),
    /** It is gone. */
    DELETED("deleted"),
    /** It has another path. */
    RENAMED("renamed");

    private final String wire;

    ChangeKind(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
