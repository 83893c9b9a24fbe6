package dev.pilot.core.system;

import java.util.Map;

/** How long the texts may be that callers send, in characters. They bound what one call can make the store keep. */
public final class Limits {
    /** Names and titles. */
    public static final int NAME = 200;
    /** Categories and roles. */
    public static final int WORD = 100;
    /** Descriptions, goals, summaries, comments. */
    public static final int TEXT = 20_000;
    /** Notes, which agents append to. */
    public static final int NOTES = 100_000;
    /** Free-form objects, as JSON. */
    public static final int JSON = 65_536;
    /** Levels of arrays and objects in a free-form object; below what the wire reads, whose envelopes need a few. */
    public static final int JSON_DEPTH = 32;
    /** Tags of an entity. */
    public static final int TAGS = 50;
    /** Characters of a tag or label. */
    public static final int TAG = 64;
    /** Dependencies of a task. */
    public static final int DEPENDENCIES = 200;
    /** Acceptance criteria of a task. */
    public static final int ACCEPTANCE = 100;
    /** Characters of an acceptance criterion or command argument. */
    public static final int LINE = 2_000;
    /** Arguments of a command. */
    public static final int ARGUMENTS = 200;
    /** Characters of an argument: agents are told whole prompts. */
    public static final int ARGUMENT = 20_000;
    /** Gates of a policy. */
    public static final int GATES = 20;
    /** Items of a batch. */
    public static final int BATCH = 500;
    /** Tasks of a plan, or of a graph run. */
    public static final int GRAPH = 1_000;
    /** Events of an append. */
    public static final int EVENTS = 1_000;
    /** Audit events of an ingest. */
    public static final int AUDIT = 1_000;
    /** Characters of an audit event's data, as JSON. */
    public static final int AUDIT_DATA = 4_000;
    /** Characters of an event's title. */
    public static final int EVENT_TITLE = 500;

    private Limits() {}

    /**
     * The limits by name.
     *
     * @return what {@code /api/meta} tells
     */
    public static Map<String, Long> all() {
        return Map.ofEntries(
                Map.entry("name", (long) NAME),
                Map.entry("word", (long) WORD),
                Map.entry("text", (long) TEXT),
                Map.entry("notes", (long) NOTES),
                Map.entry("json", (long) JSON),
                Map.entry("jsonDepth", (long) JSON_DEPTH),
                Map.entry("tags", (long) TAGS),
                Map.entry("tag", (long) TAG),
                Map.entry("dependencies", (long) DEPENDENCIES),
                Map.entry("acceptance", (long) ACCEPTANCE),
                Map.entry("line", (long) LINE),
                Map.entry("arguments", (long) ARGUMENTS),
                Map.entry("argument", (long) ARGUMENT),
                Map.entry("gates", (long) GATES),
                Map.entry("batch", (long) BATCH),
                Map.entry("graph", (long) GRAPH),
                Map.entry("events", (long) EVENTS),
                Map.entry("audit", (long) AUDIT),
                Map.entry("auditData", (long) AUDIT_DATA),
                Map.entry("eventTitle", (long) EVENT_TITLE));
    }
}
