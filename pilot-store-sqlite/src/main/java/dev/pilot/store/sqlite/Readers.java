package dev.pilot.store.sqlite;

import dev.pilot.api.error.Unavailable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections that can't write. In WAL mode each read sees the state of one commit and waits for no writer. */
final class Readers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Handle> all = new ArrayList<>();
    private final BlockingQueue<Handle> idle;
    private volatile boolean closed;

    Readers(SqliteFile file, int count) {
        this.idle = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) {
            Handle handle = Jdbi.create(file.reader()).open();
            all.add(handle);
            idle.add(handle);
        }
    }

    <T> T read(Function<Handle, T> work) {
        Handle handle = borrow();
        try {
            return work.apply(handle);
        } catch (RuntimeException failure) {
            throw SqliteErrors.translate(failure);
        } finally {
            giveBack(handle);
        }
    }

    private Handle borrow() {
        try {
            Handle handle = closed ? null : idle.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (handle == null) {
                throw closed
                        ? new Unavailable("store-closed", "The store is closed.", null)
                        : new Unavailable(
                                "store-busy",
                                "All " + all.size() + " readers of the store have been busy for " + PATIENCE + ".",
                                null);
            }
            return handle;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted", "Interrupted while waiting for the store.", e);
        }
    }

    private void giveBack(Handle handle) {
        try {
            // Ends the snapshot; there is nothing to undo.
            handle.getConnection().rollback();
        } catch (SQLException e) {
            LOG.error("A reader could not end its snapshot.", e);
        }
        idle.add(handle);
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
        all.forEach(Handle::close);
    }
}
