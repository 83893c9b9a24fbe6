package dev.pilot.api.value;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value (RFC 8259) for free-form fields: immutable, objects keep the order of their members, numbers keep their text.
 * Its {@code toString()} is compact JSON. Reading JSON text is the wire's job.
 */
public sealed interface Json {
    /** The kinds of JSON value. */
    enum Kind {
        /** {@code null}. */
        NULL,
        /** {@code true} or {@code false}. */
        BOOL,
        /** A number. */
        NUM,
        /** A string. */
        STR,
        /** An array. */
        ARR,
        /** An object. */
        OBJ
    }

    /** The one {@code null}. */
    Json NULL = new Null();

    /**
     * Which kind of value this is.
     *
     * @return the kind
     */
    Kind kind();

    /** JSON's {@code null}. */
    record Null() implements Json {
        @Override
        public Kind kind() {
            return Kind.NULL;
        }

        @Override
        public String toString() {
            return "null";
        }
    }

    /**
     * A truth value.
     *
     * @param value the value
     */
    record Bool(boolean value) implements Json {
        @Override
        public Kind kind() {
            return Kind.BOOL;
        }

        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /**
     * A number, kept as it was written.
     *
     * @param text the number's text, as JSON has it
     */
    record Num(String text) implements Json {
        /**
         * Checks that the text is a JSON number.
         *
         * @throws IllegalArgumentException if it is not
         */
        public Num {
            if (!JsonText.isNumber(text)) {
                throw new IllegalArgumentException("not a JSON number: " + text);
            }
        }

        /**
         * The number's value.
         *
         * @return exactly what the text says
         */
        public BigDecimal value() {
            return new BigDecimal(text);
        }

        @Override
        public Kind kind() {
            return Kind.NUM;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * A string.
     *
     * @param value the characters
     */
    record Str(String value) implements Json {
        /** Checks that there is a value. */
        public Str {
            requireNonNull(value, "value");
        }

        @Override
        public Kind kind() {
            return Kind.STR;
        }

        @Override
        public String toString() {
            return JsonText.write(this);
        }
    }

    /**
     * An array.
     *
     * @param items the items
     */
    record Arr(List<Json> items) implements Json {
        /** Copies the items. */
        public Arr {
            items = List.copyOf(items);
        }

        @Override
        public Kind kind() {
            return Kind.ARR;
        }

        @Override
        public String toString() {
            return JsonText.write(this);
        }
    }

    /**
     * An object.
     *
     * @param members the members, in order
     */
    record Obj(Map<String, Json> members) implements Json {
        /** The object without members. */
        public static final Obj EMPTY = new Obj(Map.of());

        /** Copies the members and keeps their order. */
        public Obj {
            Map<String, Json> copy = new LinkedHashMap<>();
            members.forEach((name, value) -> copy.put(requireNonNull(name, "name"), requireNonNull(value, name)));
            members = Collections.unmodifiableMap(copy);
        }

        /**
         * Finds a member.
         *
         * @param name its name
         * @return its value, or null if there is none
         */
        public @Nullable Json get(String name) {
            return members.get(name);
        }

        /**
         * Finds a member that is a string.
         *
         * @param name its name
         * @return its characters, or null if there is none or it is something else
         */
        public @Nullable String text(String name) {
            return members.get(name) instanceof Str str ? str.value() : null;
        }

        /**
         * Finds a member that is a whole number.
         *
         * @param name its name
         * @param otherwise the answer if there is none or it is something else
         * @return its value
         */
        public long number(String name, long otherwise) {
            return members.get(name) instanceof Num num ? num.value().longValue() : otherwise;
        }

        /**
         * This object with one member set; a new name goes last.
         *
         * @param name its name
         * @param value its value: null, a {@code Json}, String, Boolean, Number, List or Map
         * @return a new object
         */
        public Obj with(String name, @Nullable Object value) {
            Map<String, Json> copy = new LinkedHashMap<>(members);
            copy.put(name, Json.of(value));
            return new Obj(copy);
        }

        /**
         * Applies a JSON merge patch (RFC 7396).
         *
         * @param patch members to set; {@code null} removes one, objects merge
         * @return a new object
         */
        public Obj merge(Obj patch) {
            Map<String, Json> copy = new LinkedHashMap<>(members);
            patch.members.forEach((name, change) -> {
                if (change instanceof Null) {
                    copy.remove(name);
                } else if (change instanceof Obj inner) {
                    copy.put(name, (copy.get(name) instanceof Obj old ? old : EMPTY).merge(inner));
                } else {
                    copy.put(name, change);
                }
            });
            return new Obj(copy);
        }

        @Override
        public Kind kind() {
            return Kind.OBJ;
        }

        @Override
        public String toString() {
            return JsonText.write(this);
        }
    }

    /**
     * The empty object.
     *
     * @return an object without members
     */
    static Obj object() {
        return Obj.EMPTY;
    }

    /**
     * An object with members in the given order.
     *
     * @param name the first member's name
     * @param value its value, as for {@link #of}
     * @param more further names and values in turn
     * @return the object
     * @throws IllegalArgumentException if a name has no value or isn't a string
     */
    static Obj object(String name, @Nullable Object value, @Nullable Object... more) {
        if (more.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value");
        }
        Map<String, Json> members = new LinkedHashMap<>();
        members.put(name, of(value));
        for (int i = 0; i < more.length; i += 2) {
            if (!(more[i] instanceof String key)) {
                throw new IllegalArgumentException("not a name: " + more[i]);
            }
            members.put(key, of(more[i + 1]));
        }
        return new Obj(members);
    }

    /**
     * Makes a JSON value of a plain Java one.
     *
     * @param value null, a {@code Json}, String, Boolean, Number, Enum ({@link Named} or not), List or Map with String keys; anything
     *     else becomes the string of its {@code toString()}
     * @return the JSON value
     */
    static Json of(@Nullable Object value) {
        if (value == null) {
            return NULL;
        } else if (value instanceof Json json) {
            return json;
        } else if (value instanceof Boolean bool) {
            return new Bool(bool);
        } else if (value instanceof Number number) {
            return new Num(number.toString());
        } else if (value instanceof Named named) {
            return new Str(named.wire());
        } else if (value instanceof Iterable<?> list) {
            List<Json> items = new ArrayList<>();
            list.forEach(item -> items.add(of(item)));
            return new Arr(items);
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Json> members = new LinkedHashMap<>();
            map.forEach((key, item) -> members.put(String.valueOf(key), of(item)));
            return new Obj(members);
        }
        return new Str(value.toString());
    }

    /**
     * The same value with every object's members sorted by name and numbers in one notation, for comparing and hashing. Two
     * values that mean the same have the same canonical text.
     *
     * @return the canonical value
     */
    default Json canonical() {
        if (this instanceof Obj obj) {
            Map<String, Json> sorted = new TreeMap<>();
            obj.members().forEach((name, value) -> sorted.put(name, value.canonical()));
            return new Obj(sorted);
        } else if (this instanceof Arr arr) {
            return new Arr(arr.items().stream().map(Json::canonical).toList());
        } else if (this instanceof Num num) {
            BigDecimal plain = num.value().stripTrailingZeros();
            return new Num(plain.signum() == 0 ? "0" : plain.toString());
        }
        return this;
    }
}
