package dev.pilot.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps one connection's statements prepared: SQLite compiles a statement when it is prepared, which takes longer than most of them
 * run. A statement in use is not among those kept, so the same text may be in use twice. Only for one thread at a time.
 */
final class StatementCache extends DefaultStatementBuilder {
    private static final int MOST = 200;

    private final Map<String, PreparedStatement> idle = new LinkedHashMap<>(16, 0.75f, true);
    /** The text of what is in use: JDBI gives a statement back under the text from before its names were replaced. */
    private final Map<Statement, String> inUse = new IdentityHashMap<>();

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        PreparedStatement statement = kept == null ? super.create(connection, sql, context) : kept;
        inUse.put(statement, sql);
        return statement;
    }

    @Override
    public void close(Connection connection, String sql, Statement statement) throws SQLException {
        String text = inUse.remove(statement);
        if (text == null || idle.containsKey(text) || !isAlive(statement)) {
            super.close(connection, sql, statement);
            return;
        }
        idle.put(text, (PreparedStatement) statement);
        if (idle.size() > MOST) {
            var all = idle.values().iterator();
            PreparedStatement oldest = all.next();
            all.remove();
            oldest.close();
        }
    }

    /** The driver ends a statement that failed, and {@link Statement#isClosed} doesn't say so. */
    private static boolean isAlive(Statement statement) {
        try {
            ((PreparedStatement) statement).clearParameters();
            return true;
        } catch (SQLException ended) {
            return false;
        }
    }
}
