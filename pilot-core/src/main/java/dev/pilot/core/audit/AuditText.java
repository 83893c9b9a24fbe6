package dev.pilot.core.audit;

import dev.pilot.api.access.AuditEvent;
import dev.pilot.api.access.AuditFormat;
import dev.pilot.api.value.Json;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an audit event is in a file. */
interface AuditText {
    /** What stands above all; may be empty. */
    String head();

    /** An event, with its line's end. */
    String of(AuditEvent event);

    /** The writer of a format. */
    static AuditText of(AuditFormat format) {
        return switch (format) {
            case JSONL -> new Lines();
            case CSV -> new Table();
        };
    }

    /** The fields by name, as they are on the wire; those that are absent are left out. */
    private static Map<String, Json> fields(AuditEvent event) {
        Map<String, Json> fields = new LinkedHashMap<>();
        put(fields, "sequence", event.sequence());
        put(fields, "id", event.id());
        put(fields, "at", Lines.time(event.at()));
        put(fields, "who", event.who());
        put(fields, "kind", event.kind());
        put(fields, "operation", event.operation());
        put(fields, "target", event.target());
        put(fields, "decision", event.decision());
        put(fields, "runId", event.runId());
        put(fields, "projectId", event.projectId());
        put(fields, "reason", event.reason());
        put(fields, "bytes", event.bytes());
        put(fields, "host", event.host());
        put(fields, "workerId", event.workerId());
        put(fields, "happenedAt", event.happenedAt() == null ? null : Lines.time(event.happenedAt()));
        put(fields, "data", event.data());
        put(fields, "hash", event.hash());
        return fields;
    }

    private static void put(Map<String, Json> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, Json.of(value));
        }
    }

    /** An object in each line. */
    final class Lines implements AuditText {
        private static final DateTimeFormatter MICROSECONDS =
                new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

        @Override
        public String head() {
            return "";
        }

        @Override
        public String of(AuditEvent event) {
            return new Json.Obj(fields(event)) + "\n";
        }

        private static String time(Instant time) {
            return MICROSECONDS.format(time);
        }
    }

    /**
     * RFC 4180: each value in quotes, quotes doubled, lines that end with CR LF. A value that a spreadsheet would take for a formula gets an
     * apostrophe before it, which spreadsheets show as text.
     */
    final class Table implements AuditText {
        private static final String[] NAMES = {
            "sequence",
            "id",
            "at",
            "who",
            "kind",
            "operation",
            "target",
            "decision",
            "runId",
            "projectId",
            "reason",
            "bytes",
            "host",
            "workerId",
            "happenedAt",
            "data",
            "hash"
        };

        @Override
        public String head() {
            return String.join(",", NAMES) + "\r\n";
        }

        @Override
        public String of(AuditEvent event) {
            Map<String, Json> fields = fields(event);
            return Arrays.stream(NAMES).map(name -> cell(fields.get(name))).collect(Collectors.joining(",")) + "\r\n";
        }

        private static String cell(@Nullable Json value) {
            if (value == null) {
                return "";
            }
            String text = value instanceof Json.Str string ? string.value() : value.toString();
            return '"' + (isFormula(text) ? "'" : "") + text.replace("\"", "\"\"") + '"';
        }

        private static boolean isFormula(String text) {
            return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
        }
    }
}
