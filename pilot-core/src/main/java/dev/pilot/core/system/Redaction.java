package dev.pilot.core.system;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.Id;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Redacts every text of a command at once, so that a field which somebody adds later can't be forgotten. Ids pass as they are: they
 * are compared, and a secret has no place in one.
 */
public final class Redaction {
    private final SecretRedactor redactor;

    /**
     * Makes one.
     *
     * @param redactor finds the secrets
     */
    public Redaction(SecretRedactor redactor) {
        this.redactor = redactor;
    }

    /**
     * Redacts a command.
     *
     * @param <T> the command's type
     * @param command the command
     * @return the same object if it held no secret, else a copy without it
     */
    @SuppressWarnings("unchecked") // a record is rebuilt as what it was
    public <T extends Record> T clean(T command) {
        return (T) record(command);
    }

    /**
     * Redacts a text.
     *
     * @param text the text, or null
     * @return the text without secrets
     */
    public @Nullable String clean(@Nullable String text) {
        return text == null ? null : redactor.redact(text);
    }

    private Record record(Record record) {
        RecordWalk walk = RecordWalk.of(record);
        @Nullable Object[] values = walk.values(record);
        boolean changed = false;
        for (int i = 0; i < values.length; i++) {
            Object before = values[i];
            Object given = before instanceof Edit<?> edit ? edit.value() : before;
            if (given instanceof Json json && InputCheck.isTooDeep(json)) {
                throw InvalidInput.of(walk.names().get(i), InputCheck.TOO_DEEP);
            }
            Object after = value(before);
            changed |= after != before;
            values[i] = after;
        }
        return changed ? walk.rebuild(values) : record;
    }

    private @Nullable Object value(@Nullable Object value) {
        if (value instanceof String text) {
            return redactor.redact(text);
        } else if (value instanceof Json.Obj obj) {
            return redactor.redact(obj);
        } else if (value instanceof Json json) {
            return redactor.redact(json);
        } else if (value instanceof Id) {
            return value;
        } else if (value instanceof Record record) {
            return record(record);
        } else if (value instanceof Edit<?> edit) {
            Object inner = edit.value();
            Object clean = value(inner);
            return clean == inner || clean == null ? edit : Edit.set(clean);
        } else if (value instanceof List<?> list) {
            return each(list, new ArrayList<>());
        } else if (value instanceof Set<?> set) {
            return each(set, new LinkedHashSet<>());
        } else if (value instanceof Map<?, ?> map) {
            Map<Object, Object> clean = new LinkedHashMap<>();
            boolean changed = false;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Object key = value(entry.getKey());
                Object item = value(entry.getValue());
                changed |= key != entry.getKey() || item != entry.getValue();
                clean.put(key, item);
            }
            return changed ? clean : map;
        }
        return value;
    }

    private <C extends java.util.Collection<Object>> Object each(java.util.Collection<?> items, C clean) {
        boolean changed = false;
        for (Object item : items) {
            Object after = value(item);
            changed |= after != item;
            clean.add(after);
        }
        return changed ? clean : items;
    }
}
