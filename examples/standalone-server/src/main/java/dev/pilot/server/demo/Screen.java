package dev.pilot.server.demo;

import dev.pilot.wire.WireCodec;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Where the demo is shown: lines for people, or JSON for programs. */
final class Screen {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final String INDENT = " ".repeat(26);

    private final PrintWriter out;
    private final Colours colours;
    private final boolean json;

    Screen(PrintWriter out, Colours colours, boolean json) {
        this.out = out;
        this.colours = colours;
        this.json = json;
    }

    Colours colours() {
        return colours;
    }

    /** A record, for programs only. */
    void value(Object value) {
        if (json) {
            print(WireCodec.writeText(value));
        }
    }

    /** A line, for people only. */
    void line(String text) {
        if (!json) {
            print(text);
        }
    }

    /** What happened when. */
    void line(Instant at, String what, String text) {
        line(" " + colours.dim(TIME.format(at)) + "  " + String.format(Locale.ROOT, "%-10s", what) + " " + text);
    }

    /** More of the line before. */
    void more(String text) {
        line(INDENT + text);
    }

    private void print(String text) {
        out.println(text);
        out.flush();
    }
}
