package dev.pilot.api.access;

import dev.pilot.api.value.Named;

/** What was done, or was to be. */
public enum AuditOperation implements Named {
    /** Read. */
    READ("read"),
    /** Written. */
    WRITE("write"),
    /** Deleted. */
    DELETE("delete"),
    /** Run. */
    EXEC("exec"),
    /** Committed to a branch. */
    GIT_COMMIT("git-commit"),
    /** Merged into a branch. */
    GIT_MERGE("git-merge"),
    /** Fetched. */
    SYNC("sync"),
    /** Decided. */
    DECIDE("decide"),
    /** Called, as a use-case is. */
    CALL("call"),
    /** Made. */
    CREATE("create"),
    /** Changed. */
    UPDATE("update"),
    /** Taken back. */
    REVOKE("revoke"),
    /** Entered. */
    LOG_IN("log-in"),
    /** Left. */
    LOG_OUT("log-out"),
    /** Something else. */
    OTHER("other");

    private final String wire;

    AuditOperation(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
