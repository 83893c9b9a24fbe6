package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** Which of a command's outputs. */
public enum OutputStream implements Named {
    /** Standard output. */
    STDOUT("stdout"),
    /** Standard error. */
    STDERR("stderr");

    private final String wire;

    OutputStream(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
