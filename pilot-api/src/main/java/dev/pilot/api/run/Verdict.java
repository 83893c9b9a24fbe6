package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** What somebody decides. */
public enum Verdict implements Named {
    /** Yes. */
    APPROVE("approve"),
    /** No. */
    REJECT("reject"),
    /** Yes, with another payload. */
    EDIT("edit");

    private final String wire;

    Verdict(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
