package dev.pilot.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/**
 * A connection and its transactions, which are begun and ended in SQL. The driver's own would begin the next one with every commit:
 * an idle writer would hold the lock, and a commit that succeeded would fail where that next begin does. Only for one thread at
 * a time.
 */
final class SqliteConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteConnection.class);

    private final Connection connection;
    private final Handle handle;
    private final String begin;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    private SqliteConnection(Connection connection, String begin) {
        this.connection = connection;
        this.begin = begin;
        Jdbi jdbi = Jdbi.create(connection);
        StatementCache statements = new StatementCache();
        jdbi.setStatementBuilderFactory(same -> statements);
        this.handle = jdbi.open();
    }

    static SqliteConnection writing(SqliteFile file) {
        return new SqliteConnection(file.writer(), "begin immediate");
    }

    static SqliteConnection reading(SqliteFile file) {
        return new SqliteConnection(file.reader(), "begin deferred");
    }

    Handle handle() {
        return handle;
    }

    void begin() {
        execute(begin);
    }

    /** Durable when it returns. Where it throws, the transaction is still to be rolled back. */
    void commit() {
        try {
            attempt("commit");
        } catch (SQLException e) {
            throw SqliteErrors.commitFailed(SqliteErrors.code(e), e);
        }
    }

    void savepoint() {
        execute("savepoint unit");
    }

    void release() {
        execute("release unit");
    }

    /** Back to the savepoint, which is gone then. */
    void undo() {
        execute("rollback to unit");
        execute("release unit");
    }

    /** Ends the transaction, if there is one: SQLite ends it by itself after some failures. */
    void rollback() {
        try {
            attempt("rollback");
        } catch (SQLException e) {
            if (SqliteErrors.code(e) != SQLiteErrorCode.SQLITE_ERROR) { // that one says that there is none
                LOG.error("A transaction could not be rolled back.", e);
            }
        }
    }

    private void execute(String sql) {
        try {
            attempt(sql);
        } catch (SQLException e) {
            throw SqliteErrors.unavailable(SqliteErrors.code(e), e);
        }
    }

    private void attempt(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        try {
            statement.execute();
        } catch (SQLException e) {
            prepared.remove(sql); // the driver may have ended it
            statement.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.error("A connection to the database could not be closed.", e);
        }
    }
}
