package dev.pilot.wire;

import dev.pilot.api.value.Created;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Page;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A type with its type arguments, such as {@code Page<Project>}. Immutable; threads may share it.
 *
 * @param <T> the type
 */
public final class WireType<T> {
    private final Type type;

    private WireType(Type type) {
        this.type = type;
    }

    /**
     * A type without type arguments.
     *
     * @param <T> the type
     * @param type the class
     * @return the type
     */
    public static <T> WireType<T> of(Class<T> type) {
        return new WireType<>(type);
    }

    /**
     * A page of things; also any other list, which is a page without a next one.
     *
     * @param <T> what is listed
     * @param item the items' class
     * @return the type
     */
    public static <T> WireType<Page<T>> pageOf(Class<T> item) {
        return new WireType<>(new Generic(Page.class, List.of(item)));
    }

    /**
     * A bare JSON array.
     *
     * @param <T> what is listed
     * @param item the items' class
     * @return the type
     */
    public static <T> WireType<List<T>> listOf(Class<T> item) {
        return new WireType<>(new Generic(List.class, List.of(item)));
    }

    /**
     * The answers to a batch.
     *
     * @param <T> the answer for a good item
     * @param item that answer's class
     * @return the type
     */
    public static <T> WireType<Page<ItemResult<T>>> resultsOf(Class<T> item) {
        return new WireType<>(new Generic(Page.class, List.of(new Generic(ItemResult.class, List.of(item)))));
    }

    /**
     * The answers to a batch of creates, each with whether it is new.
     *
     * @param <T> what was created
     * @param value its class
     * @return the type
     */
    public static <T> WireType<Page<ItemResult<Created<T>>>> createdResultsOf(Class<T> value) {
        Generic created = new Generic(Created.class, List.of(value));
        return new WireType<>(new Generic(Page.class, List.of(new Generic(ItemResult.class, List.of(created)))));
    }

    /**
     * The answer to a create, with whether it is new.
     *
     * @param <T> what was created
     * @param value its class
     * @return the type
     */
    public static <T> WireType<Created<T>> createdOf(Class<T> value) {
        return new WireType<>(new Generic(Created.class, List.of(value)));
    }

    /**
     * The type for reflection.
     *
     * @return a class or a parameterized type
     */
    public Type type() {
        return type;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WireType<?> that && type.equals(that.type);
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public String toString() {
        return type.getTypeName();
    }

    private record Generic(Class<?> raw, List<Type> arguments) implements ParameterizedType {
        private Generic {
            Objects.requireNonNull(raw, "raw");
            arguments = List.copyOf(arguments);
        }

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return raw.getDeclaringClass();
        }
    }
}
