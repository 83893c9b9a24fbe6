package dev.pilot.store.postgres;

import dev.pilot.api.error.OutcomeUnknown;
import dev.pilot.api.error.Unavailable;
import dev.pilot.store.jdbi.RowStatement;
import dev.pilot.store.jdbi.store.WriteSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection that writes for a hub. The row of the table {@code turn} is locked from begin to commit, so hubs take turns: each
 * sees all that was written before, and events become visible in the order of their positions. A connection that broke is made
 * anew; if it broke during a commit, the database is asked whether it happened.
 */
final class PostgresSession implements WriteSession, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSession.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long ASK_AGAIN = TimeUnit.MILLISECONDS.toNanos(100);

    private static final String BEGIN = """
            select last_position, pg_current_xact_id()::text from turn where id = 1 for update;
            select (extract(epoch from clock_timestamp()) * 1000000)::bigint
            """;

    private static final String TAKE_AND_TELL =
            "update turn set last_position = ? where id = 1; select pg_notify(?, ?); commit";

    private final PostgresUrl url;
    private final PostgresTime time;
    private final String hub;
    private @Nullable Connection connection;
    private @Nullable Handle handle;
    private String transaction = "";
    private long positionBefore;
    private long lastPosition;
    private Instant begun = Instant.EPOCH;
    private long begunNanos;
    private volatile boolean closed;

    /**
     * Makes it; it connects when it is first used.
     *
     * @param url where the database is
     * @param time tells the time
     * @param hub what this hub calls itself when it tells the others that it has written
     */
    PostgresSession(PostgresUrl url, PostgresTime time, String hub) {
        this.url = url;
        this.time = time;
        this.hub = hub;
    }

    @Override
    public Handle handle() {
        return Objects.requireNonNull(handle, "no transaction is under way");
    }

    @Override
    public void begin() {
        try {
            begin(connected());
        } catch (SQLException e) {
            if (PostgresErrors.isConnection(e)) {
                discard();
            }
            throw PostgresErrors.unavailable(e, e);
        }
        lastPosition = positionBefore;
    }

    private Connection connected() throws SQLException {
        Connection open = connection;
        if (open == null) {
            if (closed) {
                throw new Unavailable("store-closed", "The store is closed.", null);
            }
            open = url.connect();
            open.setAutoCommit(false);
            open.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection = open;
            handle = Jdbi.create(open).open();
        }
        return open;
    }

    private void begin(Connection open) throws SQLException {
        try (PreparedStatement statement = open.prepareStatement(BEGIN)) {
            statement.execute();
            try (ResultSet turn = statement.getResultSet()) {
                if (!turn.next()) {
                    throw new Unavailable("store-corrupt", "The table turn is empty: restore a backup.", null);
                }
                positionBefore = turn.getLong(1);
                transaction = turn.getString(2);
            }
            statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                begun = PostgresTime.of(row.getLong(1));
                begunNanos = System.nanoTime();
            }
        }
    }

    /** The database's time; only a clock that a test has given counts instead. */
    @Override
    public Instant now() {
        return time.at(begun.plusNanos(System.nanoTime() - begunNanos));
    }

    @Override
    public long lastPosition() {
        return lastPosition;
    }

    @Override
    public void lastPosition(long last) {
        lastPosition = last;
    }

    @Override
    public boolean[] write(RowStatement statement, List<@Nullable Object[]> rows) {
        return SetStatement.write(handle(), statement, rows);
    }

    /** All in one message: each way to the database and back is a good part of what a short transaction costs. */
    @Override
    public void commit() {
        Connection open = Objects.requireNonNull(connection, "no transaction is under way");
        boolean grown = lastPosition != positionBefore;
        try (PreparedStatement end = open.prepareStatement(grown ? TAKE_AND_TELL : "commit")) {
            if (grown) {
                end.setLong(1, lastPosition);
                end.setString(2, Listener.CHANNEL);
                end.setString(3, hub);
            }
            end.execute();
        } catch (SQLException e) {
            if (!PostgresErrors.isConnection(e)) {
                throw PostgresErrors.unavailable(e, e);
            }
            discard();
            settle(e);
        }
    }

    /** The connection broke during the commit: the database knows what came of it. */
    private void settle(SQLException cause) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && !closed) {
            String status = status();
            if ("committed".equals(status)) {
                return;
            }
            if ("aborted".equals(status)) {
                throw PostgresErrors.unavailable(cause, cause);
            }
            LockSupport.parkNanos(ASK_AGAIN);
        }
        throw new OutcomeUnknown("The database went away during the commit: look whether it happened.", cause);
    }

    /** Null where the database can't be reached. */
    private @Nullable String status() {
        try (Connection asking = url.connect();
                PreparedStatement statement = asking.prepareStatement("select pg_xact_status(?::xid8)")) {
            statement.setString(1, transaction);
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() ? answer.getString(1) : null;
            }
        } catch (SQLException away) {
            LOG.debug("transaction {} can't be asked for yet", transaction, away);
            return null;
        }
    }

    @Override
    public void savepoint() {
        execute("savepoint unit");
    }

    @Override
    public void release() {
        execute("release savepoint unit");
    }

    @Override
    public void undo() {
        execute("rollback to savepoint unit; release savepoint unit");
    }

    private void execute(String sql) {
        Connection open = Objects.requireNonNull(connection, "no transaction is under way");
        try (Statement statement = open.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw PostgresErrors.unavailable(e, e);
        }
    }

    @Override
    public void rollback() {
        Connection open = connection;
        if (open == null) {
            return;
        }
        try {
            open.rollback();
        } catch (SQLException broken) {
            LOG.debug("a transaction could not be rolled back; its connection is given up", broken);
            discard();
        }
    }

    /** Gives the connection up; the server undoes what was under way. */
    private void discard() {
        Connection old = connection;
        connection = null;
        handle = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException e) {
                LOG.debug("a broken connection could not be closed", e);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        discard();
    }
}
