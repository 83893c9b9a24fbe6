package dev.pilot.store.jdbi;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.value.Page;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * Cursors: the sort key of a page's last item, so that the next page begins behind it at the same cost, whatever lies before.
 *
 * @param order the number that the list is ordered by
 * @param id the id that decides between equal numbers
 */
public record Keyset(long order, String id) {
    /**
     * Reads a cursor.
     *
     * @param cursor what a page before gave
     * @return the key
     * @throws InvalidInput if it is no cursor of ours
     */
    public static Keyset read(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int at = text.indexOf(' ');
            Keyset key = new Keyset(Long.parseLong(text.substring(0, at)), text.substring(at + 1));
            if (!key.id().isEmpty() && key.write().equals(cursor)) {
                return key;
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException notOurs) {
            // said below
        }
        throw InvalidInput.of("cursor", "is not one that a page before gave");
    }

    /**
     * Writes a cursor.
     *
     * @return opaque text
     */
    public String write() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((order + " " + id).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Makes a page out of one row more than was asked for.
     *
     * @param <T> what is listed
     * @param rows the rows, one more than the limit where there are more
     * @param limit how many were asked for
     * @param key the sort key of a row
     * @return the page
     */
    public static <T> Page<T> page(List<T> rows, int limit, Function<T, Keyset> key) {
        return rows.size() <= limit
                ? new Page<>(rows, null)
                : new Page<>(
                        rows.subList(0, limit), key.apply(rows.get(limit - 1)).write());
    }
}
