package dev.pilot.api.access;

import dev.pilot.api.value.Named;

/** In what form audit events are exported. */
public enum AuditFormat implements Named {
    /** A JSON object in each line. */
    JSONL("jsonl"),
    /** Comma-separated values (RFC 4180) below a line of names. */
    CSV("csv");

    private final String wire;

    AuditFormat(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
