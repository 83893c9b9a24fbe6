package dev.pilot.api.run;

import dev.pilot.api.value.Named;

/** What a command prints. */
public enum OutputFormat implements Named {
    /** Lines of text. */
    TEXT("text"),
    /** A JSON object per line, such as {@code {"type":"usage",...}}; other lines are text. */
    JSON_LINES("json-lines");

    private final String wire;

    OutputFormat(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
