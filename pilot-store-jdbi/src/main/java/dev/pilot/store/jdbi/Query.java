package dev.pilot.store.jdbi;

import dev.pilot.api.id.Id;
import dev.pilot.api.value.Named;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** A select whose conditions depend on which filters are given, so that each filter can use its index. */
public final class Query {
    /** So many projects' lists are merged; beyond, the database has to find its way by itself. */
    private static final int MOST_LANES = 64;

    private final String select;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private String column = "";
    private List<String> lanes = List.of();
    private List<String> listed = List.of();
    private boolean empty;

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
     * Leaves out what belongs to other projects. The list of one is read by its own index; of some, each one's list is read as far as the
     * page may need it, and merged: so a page costs the same, whatever else is in the table.
     *
     * @param name the column that holds the project's id
     * @param bounds the projects
     * @return this
     */
    public Query within(String name, Bounds bounds) {
        List<String> projects = bounds.projects();
        if (projects == null) {
            return this;
        }
        empty = projects.isEmpty();
        if (projects.size() == 1) {
            return where(name + " = :project", "project", projects.get(0));
        }
        if (projects.size() > MOST_LANES) {
            return among(name, bounds);
        }
        column = name;
        lanes = projects;
        return this;
    }

    /**
     * The same, where another filter may leave so few rows that its index is the one to go by.
     *
     * @param name the column that holds the project's id
     * @param bounds the projects
     * @param narrow the values of such filters, each null where it isn't given
     * @return this
     */
    public Query within(String name, Bounds bounds, @Nullable Object... narrow) {
        boolean few = Arrays.stream(narrow).anyMatch(Objects::nonNull);
        // No index is of what a function makes of the column.
        return few ? among("coalesce(" + name + ", '')", bounds) : within(name, bounds);
    }

    /**
     * Leaves out what belongs to other projects, where rows are added up, or are so few that their order doesn't matter.
     *
     * @param name the column that holds the project's id
     * @param bounds the projects
     * @return this
     */
    public Query among(String name, Bounds bounds) {
        return through(name + " in (<projects>)", bounds);
    }

    /**
     * Leaves out what has nothing to do with some projects.
     *
     * @param condition what it has to do with them, which are {@code <projects>}
     * @param bounds the projects
     * @return this
     */
    public Query through(String condition, Bounds bounds) {
        List<String> projects = bounds.projects();
        if (projects != null) {
            empty = projects.isEmpty();
            conditions.add(condition);
            listed = projects;
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
        if (empty) {
            return List.of();
        }
        String where = lanes.isEmpty() ? where(conditions) : "\nwhere id in (" + merged(order) + ")";
        var query = handle.createQuery(select + where + "\n" + order)
                .bindMap(values)
                .bind("limit", limit);
        for (int i = 0; i < lanes.size(); i++) {
            query.bind("lane" + i, lanes.get(i));
        }
        if (!listed.isEmpty()) {
            query.bindList("projects", evened(listed));
        }
        return query.map(mapper).list();
    }

    /** The ids of each project's first rows. */
    private String merged(String order) {
        String table = select.substring(select.lastIndexOf(" from ") + 1);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < lanes.size(); i++) {
            List<String> all = new ArrayList<>(conditions);
            all.add(column + " = :lane" + i);
            parts.add("select id from (select id " + table + where(all) + "\n" + order + ") as lane" + i);
        }
        return String.join("\nunion all ", parts);
    }

    private static String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : "\nwhere " + String.join("\n  and ", conditions);
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
