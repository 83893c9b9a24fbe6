package dev.pilot.store.jdbi;

import dev.pilot.api.id.Id;
import dev.pilot.api.value.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** A select whose conditions depend on which filters are given, so that each filter can use its index. */
public final class Query {
    private final String select;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    /**
     * Starts one.
     *
     * @param select everything before the {@code where}
     */
    public Query(String select) {
        this.select = select;
    }

    /**
     * Adds a condition, if its value is given.
     *
     * @param condition the condition, with the value as {@code :name}
     * @param name the value's name
     * @param value the value; the condition is left out if it is null
     * @return this
     */
    public Query where(String condition, String name, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.put(name, value);
        }
        return this;
    }

    /**
     * Whether no condition was added so far.
     *
     * @return true if so
     */
    public boolean isEmpty() {
        return conditions.isEmpty();
    }

    /**
     * Starts behind a cursor.
     *
     * @param condition the condition, with the cursor's parts as {@code :after} and {@code :afterId}
     * @param cursor the cursor, or null to start at the beginning
     * @return this
     */
    public Query after(String condition, @Nullable String cursor) {
        if (cursor != null) {
            Keyset key = Keyset.read(cursor);
            conditions.add(condition);
            values.put("after", key.order());
            values.put("afterId", key.id());
        }
        return this;
    }

    /**
     * Runs it.
     *
     * @param <T> what a row becomes
     * @param handle the connection
     * @param order everything behind the {@code where}
     * @param limit the value of {@code :limit}
     * @param mapper makes something of a row
     * @return what the rows became
     */
    public <T> List<T> list(Handle handle, String order, int limit, RowMapper<T> mapper) {
        String where = conditions.isEmpty() ? "" : "\nwhere " + String.join("\n  and ", conditions);
        return handle.createQuery(select + where + "\n" + order)
                .bindMap(values)
                .bind("limit", limit)
                .map(mapper)
                .list();
    }

    /**
     * A filter's enum as the columns hold it.
     *
     * @param named the constant, or null
     * @return its name, or null
     */
    public static @Nullable String wire(@Nullable Named named) {
        return named == null ? null : named.wire();
    }

    /**
     * A filter's id as the columns hold it.
     *
     * @param id the id, or null
     * @return its text, or null
     */
    public static @Nullable String text(@Nullable Id id) {
        return id == null ? null : id.value();
    }

    /**
     * A list for {@code in (...)}, made longer by its last value up to the next power of two: so there are few different statements, which
     * the database knows already.
     *
     * @param values the values; not empty
     * @return the same values, some of them more than once
     */
    public static List<String> evened(List<String> values) {
        List<String> evened = new ArrayList<>(values);
        while (Integer.bitCount(evened.size()) != 1) {
            evened.add(values.get(values.size() - 1));
        }
        return evened;
    }
}
