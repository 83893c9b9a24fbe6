package dev.pilot.store.sqlite;

import dev.pilot.api.error.Unavailable;
import dev.pilot.store.jdbi.store.JdbiUnit;
import dev.pilot.store.jdbi.store.StoreTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Connections that can't write. In WAL mode each read sees the state of one commit and waits for no writer. */
final class Readers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<SqliteConnection> all = new ArrayList<>();
    private final BlockingQueue<SqliteConnection> idle;
    private volatile boolean closed;

    Readers(SqliteFile file, int count, StoreTime time) {
        this.idle = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) {
            SqliteConnection connection = SqliteConnection.reading(file, time);
            all.add(connection);
            idle.add(connection);
        }
    }

    <T> T read(Function<? super JdbiUnit, ? extends T> work) {
        SqliteConnection connection = borrow();
        try {
            connection.begin();
            return work.apply(JdbiUnit.view(connection.handle(), SqliteSyntax.ONE, connection::now));
        } catch (RuntimeException failure) {
            throw SqliteErrors.translate(failure);
        } finally {
            connection.rollback(); // ends the snapshot; there is nothing to undo
            idle.add(connection);
        }
    }

    private SqliteConnection borrow() {
        try {
            SqliteConnection connection = closed ? null : idle.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (connection == null) {
                throw closed
                        ? new Unavailable("store-closed", "The store is closed.", null)
                        : new Unavailable(
                                "store-busy",
                                "All " + all.size() + " readers of the store have been busy for " + PATIENCE + ".",
                                null);
            }
            return connection;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted", "Interrupted while waiting for the store.", e);
        }
    }

    /** Waits for those that read. */
    @Override
    public void close() {
        closed = true;
        int left = all.size();
        try {
            while (left > 0 && idle.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) != null) {
                left--;
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        all.forEach(SqliteConnection::close);
    }
}
