package dev.pilot.store.sqlite;

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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** {@link ProjectStore} on SQLite. Threads may share it. */
public final class SqliteStore implements ProjectStore {
    /** As many as can be busy at once on a small machine, with some for those that wait for the disk. */
    private static final int READERS = Math.max(4, Runtime.getRuntime().availableProcessors());

    private static final Dialect READING = (handle, count) -> {
        throw new IllegalStateException("a view can't write");
    };

    private final DirectoryLock lock;
    private final Handle handle;
    private final Writer writer;
    private final Readers readers;
    private final StoreTime time;
    private final StoreInfo info;
    private final Set<Hint> hints = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Told apart by identity: the same code may be registered twice. */
    private static final class Hint {
        private final Runnable code;

        private Hint(Runnable code) {
            this.code = code;
        }
    }

    private SqliteStore(SqliteFile file, DirectoryLock lock, StoreConfig config) {
        this.lock = lock;
        this.time = new StoreTime(config.clock());
        this.handle = Jdbi.create(file.writer()).open();
        this.info = SqliteMeta.readOrMake(handle, file);
        this.writer = new Writer(handle, time, this::hint);
        this.readers = new Readers(file, READERS);
        writer.start();
    }

    /**
     * Opens a store, making or migrating the database where needed.
     *
     * @param config what to open
     * @return the store
     * @throws dev.pilot.api.error.Unavailable if another hub uses it, it can't be opened, or a newer program wrote it
     */
    public static SqliteStore open(StoreConfig config) {
        SqliteFile file = SqliteFile.of(config.url(), config.dataDirectory());
        DirectoryLock lock = DirectoryLock.take(file.path());
        try {
            SqliteSchema.migrate(file);
            return new SqliteStore(file, lock, config);
        } catch (RuntimeException failure) {
            lock.close();
            throw SqliteErrors.translate(failure);
        }
    }

    @Override
    public <T> T read(Function<? super StoreView, ? extends T> work) {
        refuseInside("read");
        return readers.read(connection -> work.apply(new JdbiUnit(connection, READING, time.now())));
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
                    throw rethrow(Objects.requireNonNullElse(failed.getCause(), failed));
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException rethrow(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }

    @Override
    public CompletionStage<Appended> append(List<NewEvent> events) {
        refuseInside("append");
        CompletableFuture<Appended> done = new CompletableFuture<>();
        writer.submit(new Work.Append(List.copyOf(events), done));
        return done;
    }

    @Override
    public Registration onCommit(Runnable hint) {
        Hint registered = new Hint(hint);
        hints.add(registered);
        return () -> hints.remove(registered);
    }

    private void hint() {
        hints.forEach(hint -> hint.code.run());
    }

    @Override
    public StoreInfo info() {
        return info;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            writer.close();
            readers.close();
            handle.close();
            lock.close();
        }
    }
}
