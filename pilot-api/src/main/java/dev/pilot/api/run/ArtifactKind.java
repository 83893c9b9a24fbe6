package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** What an artifact is. */
public enum ArtifactKind implements Named {
    /** A unified diff. */
    DIFF("diff"),
    /** A report, such as a test's. */
    REPORT("report"),
    /** Any file. */
    FILE("file");

    private final String wire;

    ArtifactKind(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
