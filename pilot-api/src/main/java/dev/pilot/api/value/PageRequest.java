package dev.pilot.api.value;

import dev.pilot.api.error.InvalidInput;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted.
 *
 * @param limit how many items at most, 1 to {@value #MAX_LIMIT}
 * @param cursor {@link Page#next()} of the page before, or null for the first
 */
public record PageRequest(int limit, @Nullable String cursor) {
    /** How many items come where nobody says. */
    public static final int DEFAULT_LIMIT = 50;

    /** The most items that a page may have. */
    public static final int MAX_LIMIT = 500;

    /**
     * Checks the limit.
     *
     * @throws InvalidInput if it is out of range
     */
    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw InvalidInput.of("limit", "must be from 1 to " + MAX_LIMIT + ", but is " + limit);
        }
    }

    /**
     * The first page, of the default size.
     *
     * @return the request
     */
    public static PageRequest first() {
        return new PageRequest(DEFAULT_LIMIT, null);
    }

    /**
     * The first page.
     *
     * @param limit how many items at most
     * @return the request
     */
    public static PageRequest first(int limit) {
        return new PageRequest(limit, null);
    }

    /**
     * The page behind a cursor, of the same size.
     *
     * @param next the cursor
     * @return the request
     */
    public PageRequest after(String next) {
        return new PageRequest(limit, next);
    }
}
