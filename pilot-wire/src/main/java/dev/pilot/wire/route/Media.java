package dev.pilot.wire.route;

/** What a body is. */
public enum Media {
    /** There is none. */
    NONE,
    /** JSON. */
    JSON,
    /** JSON that may be absent: an empty object then. */
    OPTIONAL_JSON,
    /** A JSON merge patch (RFC 7396). */
    MERGE_PATCH,
    /** One JSON object, several in a list, or one in each line (NDJSON). */
    EVENTS,
    /** Bytes as they are. */
    BYTES,
    /** Server-sent events without end. */
    EVENT_STREAM,
    /** Frames of a WebSocket without end. */
    WEB_SOCKET
}
