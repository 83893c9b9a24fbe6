package dev.pilot.api.access;

import dev.pilot.api.value.Named;

/** By which way somebody came in. */
public enum Entrance implements Named {
    /** As the program that embeds the hub, or on its word. */
    EMBEDDED("embedded"),
    /** With a token of the configuration. */
    CONFIGURED("configured"),
    /** With a token that the hub keeps. */
    TOKEN("token"),
    /** With the token of a session. */
    SESSION("session");

    private final String wire;

    Entrance(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
