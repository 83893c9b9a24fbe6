package dev.pilot.wire;

import dev.pilot.api.error.InvalidInput;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;

/** Single values outside JSON: in headers, queries and paths. Threads may share it. */
public final class WireText {
    private static final DateTimeFormatter MICROSECONDS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private WireText() {}

    /**
     * A time's text.
     *
     * @param time the time
     * @return RFC 3339 in UTC with six digits of a second
     */
    public static String of(Instant time) {
        return MICROSECONDS.format(time);
    }

    /**
     * Reads a time.
     *
     * @param text RFC 3339; any offset, finer parts than microseconds are dropped
     * @param field the field to blame
     * @return the time
     * @throws InvalidInput if it isn't one between the years 0 and 9999
     */
    public static Instant instant(String text, String field) {
        try {
            Instant time = Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeException e) {
            throw notATime(field);
        }
        throw notATime(field);
    }

    private static InvalidInput notATime(String field) {
        return InvalidInput.of(field, "must be an RFC 3339 time such as 2026-01-31T12:00:00.000000Z");
    }
}
