package dev.pilot.wire;

import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.Id;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes records out of a seed: every field gets values of its type, nullable ones are absent at times. */
final class Samples {
    private static final String LETTERS = "abcXYZ019 äöü€\"\\/\n\t\u2028日本😀<>&";

    private final Random random;

    Samples(long seed) {
        random = new Random(seed);
    }

    @SuppressWarnings("unchecked")
    <T> T of(Class<T> type) {
        return (T) make(type, 0);
    }

    Object of(Type type) {
        return make(type, 0);
    }

    private Object make(Type type, int depth) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic, depth);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == String.class) {
            return text();
        } else if (raw == int.class || raw == Integer.class) {
            return random.nextInt(100) + 1;
        } else if (raw == long.class || raw == Long.class) {
            return random.nextLong() >>> random.nextInt(63);
        } else if (raw == boolean.class || raw == Boolean.class) {
            return random.nextBoolean();
        } else if (raw == Instant.class) {
            return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000L);
        } else if (raw == Duration.class) {
            return Duration.ofNanos(random.nextLong() >>> 12);
        } else if (raw == byte[].class) {
            byte[] bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
            return bytes;
        } else if (raw == Json.Obj.class) {
            return object(depth);
        } else if (raw == Json.class) {
            return json(depth);
        } else if (raw == PilotException.class) {
            return new InvalidInput("invalid", List.of(new FieldError(text(), text())));
        } else if (raw.isEnum()) {
            Object[] constants = raw.getEnumConstants();
            return constants[random.nextInt(constants.length)];
        } else if (Id.class.isAssignableFrom(raw)) {
            return newRecord(raw, "x_" + Long.toString(random.nextLong(), 36));
        } else if (raw.isRecord()) {
            return record(raw, Map.of(), depth);
        }
        throw new IllegalArgumentException("no samples of " + type);
    }

    private Object generic(ParameterizedType type, int depth) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (raw == List.class) {
            return list(arguments[0], depth);
        } else if (raw == Set.class) {
            return new HashSet<>(new LinkedHashSet<>(list(arguments[0], depth)));
        } else if (raw == Map.class) {
            Map<Object, Object> map = new HashMap<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                map.put(make(arguments[0], depth + 1), make(arguments[1], depth + 1));
            }
            return map;
        } else if (raw == Edit.class) {
            return switch (random.nextInt(3)) {
                case 0 -> Edit.keep();
                case 1 -> Edit.clear();
                default -> Edit.set(make(arguments[0], depth + 1));
            };
        } else if (raw == ItemResult.class) {
            return new ItemResult.Done<>(make(arguments[0], depth + 1));
        } else if (raw.isRecord()) {
            Map<String, Type> bound = new HashMap<>();
            for (int i = 0; i < arguments.length; i++) {
                bound.put(raw.getTypeParameters()[i].getName(), arguments[i]);
            }
            return record(raw, bound, depth);
        }
        throw new IllegalArgumentException("no samples of " + type);
    }

    private Object record(Class<?> type, Map<String, Type> bound, int depth) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> component(component, bound, depth))
                .toArray();
        return newRecord(type, values);
    }

    private static Object newRecord(Class<?> type, Object... values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type + " refuses " + Arrays.toString(values), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Object component(RecordComponent component, Map<String, Type> bound, int depth) {
        AnnotatedType annotated = component.getAnnotatedType();
        if (annotated.isAnnotationPresent(Nullable.class) && random.nextBoolean()) {
            return null;
        }
        Type type = component.getGenericType();
        if (type instanceof ParameterizedType generic
                && generic.getRawType() == List.class
                && generic.getActualTypeArguments()[0] instanceof java.lang.reflect.TypeVariable<?> variable) {
            return list(bound.get(variable.getName()), depth);
        }
        return make(bound.getOrDefault(type.getTypeName(), type), depth + 1);
    }

    private List<Object> list(Type type, int depth) {
        List<Object> items = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            items.add(make(type, depth + 1));
        }
        return items;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int[] letters = LETTERS.codePoints().toArray();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return text.toString();
    }

    private Json.Obj object(int depth) {
        Map<String, Json> members = new java.util.LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            members.put(text(), json(depth + 1));
        }
        return new Json.Obj(members);
    }

    private Json json(int depth) {
        return switch (random.nextInt(depth > 5 ? 4 : 6)) {
            case 0 -> Json.NULL;
            case 1 -> Json.of(random.nextBoolean());
            case 2 ->
                new Json.Num(List.of("0", "-0", "1.10", "1E5", "12345678901234567890123", "-0.000e-7")
                        .get(random.nextInt(6)));
            case 3 -> new Json.Str(text());
            case 4 -> new Json.Arr(List.of(json(depth + 1), json(depth + 1)));
            default -> object(depth + 1);
        };
    }
}
