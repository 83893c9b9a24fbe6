package dev.pilot.store.sqlite;

import dev.pilot.api.store.StoreConfig;
import dev.pilot.api.store.StoreInfo;
import dev.pilot.store.jdbi.Syntax;
import dev.pilot.store.jdbi.store.Engine;
import dev.pilot.store.jdbi.store.JdbiUnit;
import dev.pilot.store.jdbi.store.StoreTime;
import dev.pilot.store.jdbi.store.WriteSession;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One database file, its one writer and its readers. */
final class SqliteEngine implements Engine {
    /** As many as can be busy at once on a small machine, with some for those that wait for the disk. */
    private static final int READERS = Math.max(4, Runtime.getRuntime().availableProcessors());

    private final DirectoryLock lock;
    private final SqliteConnection writing;
    private final Readers readers;
    private final StoreInfo info;

    private SqliteEngine(SqliteFile file, DirectoryLock lock, StoreTime time, SqliteConnection writing) {
        this.lock = lock;
        this.writing = writing;
        this.info = SqliteMeta.readOrMake(writing, file);
        this.readers = new Readers(file, READERS, time);
    }

    /** With a writer's connection as the caller makes it. */
    static SqliteEngine open(StoreConfig config, BiFunction<SqliteFile, StoreTime, SqliteConnection> writer) {
        SqliteFile file = SqliteFile.of(config.url());
        DirectoryLock lock = DirectoryLock.take(file.path());
        try {
            SqliteSchema.migrate(file);
            StoreTime time = new StoreTime(config.clock());
            SqliteConnection writing = writer.apply(file, time);
            try {
                return new SqliteEngine(file, lock, time, writing);
            } catch (RuntimeException failure) {
                writing.close();
                throw failure;
            }
        } catch (RuntimeException failure) {
            lock.close();
            throw SqliteErrors.translate(failure);
        }
    }

    @Override
    public Syntax syntax() {
        return SqliteSyntax.ONE;
    }

    @Override
    public WriteSession writing() {
        return writing;
    }

    @Override
    public <T> T read(Function<? super JdbiUnit, ? extends T> work) {
        return readers.read(work);
    }

    @Override
    public RuntimeException translate(RuntimeException failure) {
        return SqliteErrors.translate(failure);
    }

    @Override
    public boolean isEverybodys(Throwable failure) {
        return SqliteErrors.isEverybodys(failure);
    }

    /** Nobody else writes, and SQLite has waited for its locks itself. */
    @Override
    public boolean isPassing(Throwable failure) {
        return false;
    }

    @Override
    public StoreInfo info() {
        return info;
    }

    /** Nobody else may open the file. */
    @Override
    public void onForeignCommit(Runnable hint) {}

    @Override
    public void close() {
        readers.close();
        writing.close();
        lock.close();
    }
}
