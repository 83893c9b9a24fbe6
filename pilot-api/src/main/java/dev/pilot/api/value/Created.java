package dev.pilot.api.value;

import static java.util.Objects.requireNonNull;

/**
 * The answer to a create: the thing, and whether this call made it.
 *
 * @param <T> what was created
 * @param value the thing
 * @param isNew false where the same id or idempotency key had made it before
 */
public record Created<T>(T value, boolean isNew) {
    /** Checks that there is a value. */
    public Created {
        requireNonNull(value, "value");
    }
}
