package dev.pilot.http.system;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.Id;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Named;
import dev.pilot.wire.WireCodec;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Which fields of a record a sender can't leave out. The records' constructors know, so they are asked: starting with nothing,
 * each field that is missed is added until the record can be read.
 */
final class RequiredFields {
    /** The fields that must be sent. */
    List<String> of(Class<?> type) {
        List<String> required = new ArrayList<>();
        smallest(type, required);
        return required;
    }

    /** The smallest object that can be read as the record. */
    private Json.Obj smallest(Class<?> type, List<String> required) {
        RecordComponent[] components = type.getRecordComponents();
        Json.Obj object = Json.object();
        for (int tries = 0; tries <= components.length; tries++) {
            try {
                WireCodec.read(object.toString(), type);
                return object;
            } catch (InvalidInput e) {
                String missed = e.fields().get(0).field();
                boolean named = Arrays.stream(components)
                        .anyMatch(component -> component.getName().equals(missed));
                // An answer's record may just refuse nulls without a name: then it needs all it has.
                for (RecordComponent component : components) {
                    boolean add = named ? component.getName().equals(missed) : object.get(component.getName()) == null;
                    if (add) {
                        required.add(component.getName());
                        object = object.with(component.getName(), sample(component.getGenericType()));
                    }
                }
            }
        }
        throw new IllegalStateException("no smallest " + type);
    }

    private Json sample(Type type) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            if (Collection.class.isAssignableFrom(raw)) {
                return new Json.Arr(List.of(sample(generic.getActualTypeArguments()[0])));
            } else if (Map.class.isAssignableFrom(raw)) {
                return Json.object();
            }
            throw new IllegalArgumentException("no sample of " + type);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == String.class || Id.class.isAssignableFrom(raw)) {
            return new Json.Str("x");
        } else if (raw == byte[].class) {
            return new Json.Str("");
        } else if (raw == Instant.class) {
            return new Json.Str("2026-01-01T00:00:00Z");
        } else if (raw == Duration.class) {
            return new Json.Str("PT1S");
        } else if (Json.class.isAssignableFrom(raw)) {
            return Json.object();
        } else if (raw == Boolean.class || raw == boolean.class) {
            return new Json.Bool(true);
        } else if (Number.class.isAssignableFrom(raw) || raw.isPrimitive()) {
            return new Json.Num("1");
        } else if (raw.isEnum()) {
            return new Json.Str(((Named) raw.getEnumConstants()[0]).wire());
        }
        return smallest(raw, new ArrayList<>());
    }
}
