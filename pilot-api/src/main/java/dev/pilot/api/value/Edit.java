package dev.pilot.api.value;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a patch does to one field: keep it, clear it or set it. In a JSON merge patch (RFC 7396) these are an absent member, a
 * {@code null} and a value.
 *
 * @param <T> the field's type
 */
public final class Edit<T> {
    private static final Edit<?> KEEP = new Edit<>(Kind.KEEP, null);
    private static final Edit<?> CLEAR = new Edit<>(Kind.CLEAR, null);

    /** What an edit does. */
    public enum Kind {
        /** Leave the field as it is. */
        KEEP,
        /** Make it absent, or its default where it can't be absent. */
        CLEAR,
        /** Give it a value. */
        SET
    }

    private final Kind kind;
    private final @Nullable T value;

    private Edit(Kind kind, @Nullable T value) {
        this.kind = kind;
        this.value = value;
    }

    /**
     * Leaves the field as it is.
     *
     * @param <T> the field's type
     * @return the edit
     */
    @SuppressWarnings("unchecked") // holds no value
    public static <T> Edit<T> keep() {
        return (Edit<T>) KEEP;
    }

    /**
     * Makes the field absent, or its default where it can't be absent.
     *
     * @param <T> the field's type
     * @return the edit
     */
    @SuppressWarnings("unchecked") // holds no value
    public static <T> Edit<T> clear() {
        return (Edit<T>) CLEAR;
    }

    /**
     * Gives the field a value.
     *
     * @param <T> the field's type
     * @param value the value
     * @return the edit
     */
    public static <T> Edit<T> set(T value) {
        return new Edit<>(Kind.SET, Objects.requireNonNull(value, "value"));
    }

    /**
     * What it does.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The new value.
     *
     * @return the value of a {@link Kind#SET}, else null
     */
    public @Nullable T value() {
        return value;
    }

    /**
     * The field after the edit, where it can't be absent.
     *
     * @param current the field now
     * @param cleared what it becomes when cleared
     * @return the field then
     */
    public T apply(T current, T cleared) {
        return switch (kind) {
            case KEEP -> current;
            case CLEAR -> cleared;
            case SET -> Objects.requireNonNull(value);
        };
    }

    /**
     * The field after the edit, where it can be absent.
     *
     * @param current the field now
     * @return the field then
     */
    public @Nullable T apply(@Nullable T current) {
        return switch (kind) {
            case KEEP -> current;
            case CLEAR -> null;
            case SET -> value;
        };
    }

    /**
     * The same edit with another value.
     *
     * @param <R> the new type
     * @param change applied to the value of a {@link Kind#SET}
     * @return the edit
     */
    public <R> Edit<R> map(Function<? super T, ? extends R> change) {
        return switch (kind) {
            case KEEP -> keep();
            case CLEAR -> clear();
            case SET -> set(change.apply(Objects.requireNonNull(value)));
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Edit<?> edit && edit.kind == kind && Objects.equals(edit.value, value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, value);
    }

    @Override
    public String toString() {
        return kind == Kind.SET ? "set " + value : kind.name().toLowerCase(java.util.Locale.ROOT);
    }
}
