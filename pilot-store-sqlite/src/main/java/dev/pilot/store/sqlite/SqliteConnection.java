package dev.pilot.store.sqlite;

import dev.pilot.store.jdbi.Bounds;
import dev.pilot.store.jdbi.run.EventTable;
import dev.pilot.store.jdbi.store.JdbiUnit;
import dev.pilot.store.jdbi.store.StoreTime;
import dev.pilot.store.jdbi.store.WriteSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
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
final class SqliteConnection implements WriteSession, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteConnection.class);
    private static final long UNKNOWN = -1;

    private final Connection connection;
    private final Handle handle;
    private final String begin;
    private final StoreTime time;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    /** As of the transaction under way; read anew after one that failed, since even its commit may have gone through. */
    private long lastPosition = UNKNOWN;

    private SqliteConnection(Connection connection, String begin, StoreTime time) {
        this.connection = connection;
        this.begin = begin;
        this.time = time;
        Jdbi jdbi = Jdbi.create(connection);
        StatementCache statements = new StatementCache();
        jdbi.setStatementBuilderFactory(same -> statements);
        this.handle = jdbi.open();
    }

    static SqliteConnection writing(SqliteFile file, StoreTime time) {
        return new SqliteConnection(file.writer(), "begin immediate", time);
    }

    static SqliteConnection reading(SqliteFile file, StoreTime time) {
        return new SqliteConnection(file.reader(), "begin deferred", time);
    }

    @Override
    public Handle handle() {
        return handle;
    }

    @Override
    public Instant now() {
        return time.now();
    }

    @Override
    public long lastPosition() {
        if (lastPosition == UNKNOWN) {
            lastPosition = new EventTable(handle, Bounds.NONE, JdbiUnit.READING, this::now).last();
        }
        return lastPosition;
    }

    @Override
    public void lastPosition(long last) {
        lastPosition = last;
    }

    @Override
    public void begin() {
        execute(begin);
    }

    @Override
    public void commit() {
        try {
            attempt("commit");
        } catch (SQLException e) {
            throw SqliteErrors.commitFailed(SqliteErrors.code(e), e);
        }
    }

    @Override
    public void savepoint() {
        execute("savepoint unit");
    }

    @Override
    public void release() {
        execute("release unit");
    }

    @Override
    public void undo() {
        execute("rollback to unit");
        execute("release unit");
    }

    /** SQLite may have ended the transaction by itself: it does so after some failures. */
    @Override
    public void rollback() {
        lastPosition = UNKNOWN;
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
