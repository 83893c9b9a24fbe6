package dev.pilot.core.system;

import dev.pilot.api.id.Id;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Named;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells whether two commands ask for the same: the SHA-256 of what they say, but for their id and idempotency key. */
public final class Fingerprint {
    private static final Set<String> LEFT_OUT = Set.of("id", "idempotencyKey");

    private Fingerprint() {}

    /**
     * Hashes a command.
     *
     * @param command the command
     * @return 64 hex digits; the same for commands that ask for the same
     */
    public static String of(Record command) {
        StringBuilder text = new StringBuilder();
        record(command, text, LEFT_OUT);
        return sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Hashes bytes.
     *
     * @param bytes the bytes
     * @return 64 hex digits
     */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JVM has SHA-256", impossible);
        }
    }

    private static void record(Record record, StringBuilder out, Set<String> leftOut) {
        RecordWalk walk = RecordWalk.of(record);
        @Nullable Object[] values = walk.values(record);
        out.append('{');
        for (int i = 0; i < values.length; i++) {
            String name = walk.names().get(i);
            // An absent field says nothing, so that a field added later doesn't change old hashes.
            if (values[i] != null && !leftOut.contains(name)) {
                out.append(name).append(':');
                value(values[i], out);
                out.append(';');
            }
        }
        out.append('}');
    }

    private static void value(@Nullable Object value, StringBuilder out) {
        if (value instanceof Json json) {
            out.append(json.canonical());
        } else if (value instanceof Id id) {
            out.append(new Json.Str(id.value()));
        } else if (value instanceof Named named) {
            out.append(named.wire());
        } else if (value instanceof Record record) {
            record(record, out, Set.of());
        } else if (value instanceof Edit<?> edit) {
            out.append(edit.kind());
            value(edit.value(), out);
        } else if (value instanceof Set<?> set) {
            Set<String> sorted = new TreeSet<>();
            set.forEach(item -> sorted.add(text(item)));
            out.append(sorted);
        } else if (value instanceof Collection<?> list) {
            out.append('[');
            list.forEach(item -> {
                value(item, out);
                out.append(',');
            });
            out.append(']');
        } else if (value instanceof Map<?, ?> map) {
            Map<String, String> sorted = new TreeMap<>();
            map.forEach((key, item) -> sorted.put(text(key), text(item)));
            out.append(sorted);
        } else if (value instanceof String text) {
            out.append(new Json.Str(text));
        } else {
            out.append(value);
        }
    }

    private static String text(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        value(value, out);
        return out.toString();
    }
}
