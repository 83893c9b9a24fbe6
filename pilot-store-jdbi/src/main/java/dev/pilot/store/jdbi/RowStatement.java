package dev.pilot.store.jdbi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * A statement that inserts or updates many rows, each with values in the order of {@link #columns()}: written row by row, or, where the
 * engine has a way, as one for all of them. Immutable; threads may share it.
 */
public final class RowStatement {
    private final String table;
    private final boolean inserts;
    private final List<Column> columns;
    private final List<String> keys;
    private final int set;
    private final String eachRow;

    /**
     * A column that gets a value.
     *
     * @param name its name
     * @param type its type: {@code text} or {@code bigint}
     */
    public record Column(String name, String type) {}

    private RowStatement(String table, boolean inserts, List<Column> columns, List<String> keys) {
        this.table = table;
        this.inserts = inserts;
        this.columns = columns;
        this.keys = keys;
        this.set = columns.size() - keys.size();
        this.eachRow = inserts ? insertOfOne() : updateOfOne();
    }

    /**
     * One that inserts rows, except those whose key is taken.
     *
     * @param table the table
     * @param keys the names of the key's columns, the first of which differs from row to row; separated by commas
     * @param columns all columns with their types, such as {@code id text, at bigint}
     * @return the statement
     */
    public static RowStatement insert(String table, String keys, String columns) {
        return new RowStatement(table, true, columns(columns), List.of(keys.split(", ")));
    }

    /**
     * One that updates rows that have certain values.
     *
     * @param table the table
     * @param columns the columns to change with their types
     * @param keys the columns to compare with their types, the first of which differs from row to row; their values come last
     * @return the statement
     */
    public static RowStatement update(String table, String columns, String keys) {
        List<Column> compared = columns(keys);
        return new RowStatement(
                table,
                false,
                Stream.concat(columns(columns).stream(), compared.stream()).toList(),
                compared.stream().map(Column::name).toList());
    }

    private static List<Column> columns(String columns) {
        return Arrays.stream(columns.split(", "))
                .map(column -> column.split(" "))
                .map(parts -> new Column(parts[0], parts[1]))
                .toList();
    }

    /**
     * What each row has values for.
     *
     * @return the columns, in the order of the values
     */
    public List<Column> columns() {
        return columns;
    }

    /**
     * Where in a row the value is that differs from row to row.
     *
     * @return the place, from 0
     */
    public int place() {
        return inserts ? columns.stream().map(Column::name).toList().indexOf(keys.get(0)) : set;
    }

    /**
     * The text for one row.
     *
     * @return SQL with a {@code ?} for each value
     */
    public String eachRow() {
        return eachRow;
    }

    private String insertOfOne() {
        return "insert into " + table + " (" + names("", 0, columns.size(), ", ") + ") values ("
                + columns.stream().map(column -> "?").collect(Collectors.joining(", ")) + ") on conflict ("
                + String.join(", ", keys) + ") do nothing";
    }

    private String updateOfOne() {
        return "update " + table + " set " + names(" = ?", 0, set, ", ") + " where "
                + names(" = ?", set, columns.size(), " and ");
    }

    /**
     * The text for all rows at once, where they come out of something that gives the values of a row as columns.
     *
     * @param source what goes behind {@code from}, such as a function with an array for each column
     * @return SQL that answers the first key of each row that was written
     */
    public String allRows(String source) {
        if (inserts) {
            return "insert into " + table + " (" + names("", 0, columns.size(), ", ") + ") select * from " + source
                    + " on conflict (" + String.join(", ", keys) + ") do nothing returning " + keys.get(0);
        }
        List<String> names = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        List<String> same = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            names.add("v" + i);
            String name = columns.get(i).name();
            if (i < set) {
                changes.add(name + " = given.v" + i);
            } else {
                same.add(table + "." + name + " = given.v" + i);
            }
        }
        return "update " + table + " set " + String.join(", ", changes) + " from " + source + " as given ("
                + String.join(", ", names) + ") where " + String.join(" and ", same) + " returning " + table + "."
                + keys.get(0);
    }

    private String names(String suffix, int from, int to, String separator) {
        return columns.subList(from, to).stream()
                .map(column -> column.name() + suffix)
                .collect(Collectors.joining(separator));
    }

    /**
     * Writes row by row.
     *
     * @param handle the connection
     * @param rows the values of each; not empty
     * @return for each row, whether it was written
     */
    public boolean[] writeEach(Handle handle, List<@Nullable Object[]> rows) {
        PreparedBatch batch = handle.prepareBatch(eachRow);
        for (@Nullable Object[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                batch.bind(i, row[i]);
            }
            batch.add();
        }
        int[] counts = batch.execute();
        boolean[] written = new boolean[counts.length];
        for (int i = 0; i < counts.length; i++) {
            written[i] = counts[i] != 0;
        }
        return written;
    }
}
