package dev.pilot.api.value;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Some items of a list, in the list's order.
 *
 * @param <T> what is listed
 * @param items the items
 * @param next the cursor of the page that follows, or null on the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {
    /** Copies the items. */
    public Page {
        items = items == null ? List.of() : List.copyOf(items);
    }

    /**
     * The same page of something else.
     *
     * @param <R> what it becomes
     * @param change applied to each item
     * @return a new page with the same cursor
     */
    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        return new Page<>(items.stream().<R>map(change).toList(), next);
    }
}
