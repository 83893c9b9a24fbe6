package dev.pilot.api.access;

import dev.pilot.api.value.Named;

/** Whether something was let happen. */
public enum AuditDecision implements Named {
    /** It was. */
    ALLOWED("allowed"),
    /** It was not. */
    DENIED("denied");

    private final String wire;

    AuditDecision(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
