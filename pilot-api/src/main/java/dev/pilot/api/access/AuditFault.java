package dev.pilot.api.access;

import dev.pilot.api.value.Named;

/** In what way the audit log is not what the hub wrote. */
public enum AuditFault implements Named {
    /** A record says something else than it did. */
    ALTERED("altered"),
    /** A record is gone. */
    REMOVED("removed"),
    /** A record was put between others. */
    INSERTED("inserted"),
    /** Two records have changed places. */
    SWAPPED("swapped"),
    /** The newest records are gone. */
    TRUNCATED("truncated"),
    /** A seal is not the hub's, or is gone. */
    SEAL("seal");

    private final String wire;

    AuditFault(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
