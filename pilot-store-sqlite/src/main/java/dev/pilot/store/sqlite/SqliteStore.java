package dev.pilot.store.sqlite;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.run.Appended;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreConfig;
import dev.pilot.api.store.StoreInfo;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Registration;
import dev.pilot.store.jdbi.Dialect;
import dev.pilot.store.jdbi.store.JdbiUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** {@link ProjectStore} on SQLite. Threads may share it. */
public final class SqliteStore implements ProjectStore {
    /** As many as can be busy at once on a small machine, with some for those that wait for the disk. */
    private static final int READERS = Math.max(4, Runtime.getRuntime().availableProcessors());

    private static final Dialect READING = (handle, count) -> {
        throw new IllegalStateException("a view can't write");
    };

    private final DirectoryLock lock;
    private final SqliteConnection connection;
    private final Answers answers = new Answers();
    private final Hints hints = new Hints(answers);
    private final Writer writer;
    private final Readers readers;
    private final StoreTime time;
    private final StoreInfo info;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SqliteStore(SqliteFile file, DirectoryLock lock, StoreTime time, SqliteConnection connection) {
        this.lock = lock;
        this.time = time;
        this.connection = connection;
        this.info = SqliteMeta.readOrMake(connection, file);
        this.writer = new Writer(new GroupCommit(connection, time, answers), hints);
        this.readers = new Readers(file, READERS);
    }

    /**
     * Opens a store, making or migrating the database where needed.
     *
     * @param config what to open
     * @return the store
     * @throws dev.pilot.api.error.Unavailable if another hub uses it, it can't be opened, or a newer program wrote it
     */
    public static SqliteStore open(StoreConfig config) {
        return open(config, SqliteConnection::writing);
    }

    /** With a writer's connection of one's own: for tests of what happens to it. */
    static SqliteStore open(StoreConfig config, Function<SqliteFile, SqliteConnection> writing) {
        SqliteFile file = SqliteFile.of(config.url(), config.dataDirectory());
        DirectoryLock lock = DirectoryLock.take(file.path());
        try {
            SqliteSchema.migrate(file);
            SqliteConnection connection = writing.apply(file);
            try {
                SqliteStore store = new SqliteStore(file, lock, new StoreTime(config.clock()), connection);
                store.writer.start();
                return store;
            } catch (RuntimeException failure) {
                connection.close();
                throw failure;
            }
        } catch (RuntimeException failure) {
            lock.close();
            throw SqliteErrors.translate(failure);
        }
    }

    @Override
    public <T> T read(Function<? super StoreView, ? extends T> work) {
        refuseInside("read");
        return readers.read(reader -> {
            JdbiUnit view = new JdbiUnit(reader, READING, time.now());
            try {
                return work.apply(view);
            } finally {
                view.end();
            }
        });
    }

    @Override
    public <T> T write(String name, Function<? super StoreUnit, ? extends T> work) {
        refuseInside("write");
        CompletableFuture<T> done = new CompletableFuture<>();
        writer.submit(new Work.Unit<T>(name, work, done));
        return await(done);
    }

    private void refuseInside(String what) {
        if (writer.isCurrentThread()) {
            throw new IllegalStateException("a " + what + " inside a write: use the unit that is given");
        }
    }

    /** A unit that has been queued is going to happen: an interrupt doesn't change that, so it waits. */
    private static <T> T await(CompletableFuture<T> done) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return done.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException failed) {
                    throw Rethrown.of(Objects.requireNonNullElse(failed.getCause(), failed));
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public CompletionStage<Appended> append(List<NewEvent> events) {
        refuseInside("append");
        events.forEach(event -> requireNonNull(event.id(), "an event has its id before it reaches the store"));
        CompletableFuture<Appended> done = new CompletableFuture<>();
        writer.submit(new Work.Append(List.copyOf(events), done));
        return done;
    }

    @Override
    public Registration onCommit(Runnable hint) {
        return hints.add(hint);
    }

    @Override
    public StoreInfo info() {
        return info;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            writer.close();
            answers.close();
            readers.close();
            connection.close();
            lock.close();
        }
    }
}
