package dev.pilot.api.value;

import dev.pilot.api.error.PilotException;

/**
 * What became of one item of a batch. A bad item never fails the others.
 *
 * @param <T> the answer for a good item
 */
public sealed interface ItemResult<T> {
    /**
     * The item was done.
     *
     * @param <T> the answer's type
     * @param value the answer
     */
    record Done<T>(T value) implements ItemResult<T> {}

    /**
     * The item was refused and left no trace.
     *
     * @param <T> the answer's type
     * @param error why
     */
    record Refused<T>(PilotException error) implements ItemResult<T> {}

    /**
     * The answer, or the item's error thrown.
     *
     * @return the answer
     * @throws PilotException if the item was refused
     */
    default T get() {
        if (this instanceof Done<T> done) {
            return done.value();
        }
        throw ((Refused<T>) this).error();
    }

    /**
     * Whether the item was done.
     *
     * @return false if it was refused
     */
    default boolean isDone() {
        return this instanceof Done;
    }
}
