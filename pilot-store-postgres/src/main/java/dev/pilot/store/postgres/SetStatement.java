package dev.pilot.store.postgres;

import dev.pilot.store.jdbi.RowStatement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Writes many rows as one statement with an array for each column: the server plans and runs it once, not once for each row. */
final class SetStatement {
    private static final Map<RowStatement, String> SQL = new ConcurrentHashMap<>();

    private SetStatement() {}

    static boolean[] write(Handle handle, RowStatement statement, List<@Nullable Object[]> rows) {
        List<RowStatement.Column> columns = statement.columns();
        Query query = handle.createQuery(SQL.computeIfAbsent(statement, SetStatement::sql));
        for (int i = 0; i < columns.size(); i++) {
            query.bind(i, array(columns.get(i).type(), rows, i));
        }
        // A key that comes twice is written once: the first time.
        Set<String> written = new HashSet<>(query.mapTo(String.class).list());
        boolean[] answer = new boolean[rows.size()];
        for (int i = 0; i < answer.length; i++) {
            answer[i] = written.remove(String.valueOf(rows.get(i)[statement.place()]));
        }
        return answer;
    }

    private static String sql(RowStatement statement) {
        return statement.allRows(statement.columns().stream()
                .map(column -> "?::" + column.type() + "[]")
                .collect(Collectors.joining(", ", "unnest(", ")")));
    }

    /** An array of its type's own class is sent as it is, one of objects as text that has to be quoted and read again. */
    private static Argument array(String type, List<@Nullable Object[]> rows, int column) {
        @Nullable
        Object[] values = type.equals("bigint") ? new @Nullable Long[rows.size()] : new @Nullable String[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.get(i)[column];
        }
        return (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf(type, values));
    }
}
