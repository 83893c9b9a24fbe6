package dev.pilot.store.jdbi.store;

import dev.pilot.api.store.StoreInfo;
import dev.pilot.store.jdbi.Syntax;
import java.util.function.Function;

/** In what the engines differ, as far as connections, transactions and failures go. Threads may share it. */
public interface Engine extends AutoCloseable {
    /**
     * What is different in its SQL.
     *
     * @return its syntax
     */
    Syntax syntax();

    /**
     * The writer's connection.
     *
     * @return the one that there is
     */
    WriteSession writing();

    /**
     * Reads one consistent snapshot.
     *
     * @param <T> the answer's type
     * @param work what to read, from a unit that can't write
     * @return the answer
     */
    <T> T read(Function<? super JdbiUnit, ? extends T> work);

    /**
     * What a failure means to callers.
     *
     * @param failure what the driver or JDBI threw
     * @return one of the family of errors of the api, or the same
     */
    RuntimeException translate(RuntimeException failure);

    /**
     * Whether everybody would fail alike, so that it is no use to try each piece of work of a transaction by itself.
     *
     * @param failure what was thrown
     * @return true if so
     */
    boolean isEverybodys(Throwable failure);

    /**
     * Whether nothing has happened, and the same may well go better at once.
     *
     * @param failure what was thrown
     * @return true if so
     */
    boolean isPassing(Throwable failure);

    /**
     * What the store is.
     *
     * @return its description
     */
    StoreInfo info();

    /**
     * Has somebody told when another process has committed something.
     *
     * @param hint to be called, on any thread
     */
    void onForeignCommit(Runnable hint);

    /** Closes all connections. */
    @Override
    void close();
}
