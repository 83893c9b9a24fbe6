package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** How far an approval is. */
public enum ApprovalStatus implements Named {
    /** Waits for a decision. */
    PENDING("pending"),
    /** Yes. */
    APPROVED("approved"),
    /** No. */
    REJECTED("rejected"),
    /** Yes, with another payload. */
    EDITED("edited"),
    /** Nobody decided in time, or there is nothing left to decide. */
    EXPIRED("expired");

    private final String wire;

    ApprovalStatus(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
