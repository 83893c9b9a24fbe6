package dev.pilot.http.system;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.id.Id;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Named;
import dev.pilot.wire.ErrorBody;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON schemas of the records, each once by its name. Not for several threads. */
final class Schemas {
    private final Map<String, Json> named = new TreeMap<>();
    private final RequiredFields required = new RequiredFields();

    /** All that {@link #of} has referred to. */
    Map<String, Json> all() {
        return named;
    }

    Json of(Type type) {
        return of(type, Map.of());
    }

    private Json of(Type type, Map<String, Type> bound) {
        if (type instanceof TypeVariable<?> variable) {
            return of(requireNonNull(bound.get(variable.getName()), variable.getName()), bound);
        } else if (type instanceof ParameterizedType generic) {
            return generic(generic, bound);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == String.class || Id.class.isAssignableFrom(raw)) {
            return string();
        } else if (raw == Instant.class) {
            return string().with("format", "date-time");
        } else if (raw == Duration.class) {
            return string().with("format", "duration");
        } else if (raw == byte[].class) {
            return string().with("contentEncoding", "base64");
        } else if (raw == int.class || raw == Integer.class) {
            return Json.object("type", "integer", "format", "int32");
        } else if (raw == long.class || raw == Long.class) {
            return Json.object("type", "integer", "format", "int64");
        } else if (raw == boolean.class || raw == Boolean.class) {
            return Json.object("type", "boolean");
        } else if (raw == Json.Obj.class) {
            return Json.object("type", "object", "additionalProperties", true);
        } else if (Json.class.isAssignableFrom(raw)) {
            return Json.object();
        } else if (raw.isEnum()) {
            return string().with("enum", names(raw));
        } else if (raw.isRecord()) {
            return record(raw);
        }
        throw new IllegalArgumentException("no schema for " + type);
    }

    private Json generic(ParameterizedType type, Map<String, Type> bound) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (Collection.class.isAssignableFrom(raw)) {
            return Json.object("type", "array", "items", of(arguments[0], bound));
        } else if (Map.class.isAssignableFrom(raw)) {
            return Json.object("type", "object", "additionalProperties", of(arguments[1], bound));
        } else if (raw == Edit.class) {
            return Json.object("anyOf", List.of(of(arguments[0], bound), Json.object("type", "null")));
        } else if (raw == ItemResult.class) {
            Json value = Json.object("type", "object", "properties", Json.object("value", of(arguments[0], bound)));
            Json error = Json.object("type", "object", "properties", Json.object("error", of(ErrorBody.class)));
            return Json.object("oneOf", List.of(required(value, "value"), required(error, "error")));
        }
        Map<String, Type> mine = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            mine.put(raw.getTypeParameters()[i].getName(), arguments[i]);
        }
        return properties(raw, mine);
    }

    private Json record(Class<?> type) {
        String name = type.getSimpleName();
        if (!named.containsKey(name)) {
            named.put(name, Json.NULL);
            named.put(name, properties(type, Map.of()));
        }
        return Json.object("$ref", "#/components/schemas/" + name);
    }

    private Json properties(Class<?> type, Map<String, Type> bound) {
        Map<String, Json> properties = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.put(component.getName(), of(component.getGenericType(), bound));
        }
        Json.Obj schema = Json.object("type", "object", "properties", properties);
        List<String> needed = bound.isEmpty() ? required.of(type) : List.of();
        return needed.isEmpty() ? schema : schema.with("required", needed);
    }

    private static Json required(Json schema, String member) {
        return ((Json.Obj) schema).with("required", List.of(member));
    }

    private static List<String> names(Class<?> type) {
        List<String> names = new ArrayList<>();
        Arrays.stream(type.getEnumConstants())
                .forEach(constant ->
                        names.add(constant instanceof Named name ? name.wire() : ((Enum<?>) constant).name()));
        return names;
    }

    private static Json.Obj string() {
        return Json.object("type", "string");
    }
}
