package dev.pilot.api.store;

import dev.pilot.api.run.Appended;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.value.Registration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Port: keeps everything but big payloads. Threads may share it.
 *
 * <ol>
 *   <li>A unit of work happens wholly or not at all: whatever it throws undoes it and is thrown on. A commit that fails is
 *       thrown; if it can't be known whether it happened, that is {@link dev.pilot.api.error.OutcomeUnknown}.
 *   <li>What {@link #write} or {@link #append} acknowledged survives the death of the process and of the machine.
 *   <li>A {@code write} or {@code read} inside a {@code write} is refused with {@link IllegalStateException}.
 *   <li>A unit may run again after a passing failure, so it touches nothing outside the store.
 *   <li>Instants survive to the microsecond whatever the JVM's zone; text is ordered and compared by code point.
 *   <li>Readers never wait for writers.
 *   <li>Events become visible in the order of their positions.
 *   <li>A unit that fails harms no other.
 * </ol>
 */
public interface ProjectStore extends AutoCloseable {
    /**
     * Reads one consistent snapshot; never waits for writers.
     *
     * @param <T> the answer's type
     * @param work what to read; it can't write; may run more than once
     * @return the answer
     */
    <T> T read(Function<? super StoreView, ? extends T> work);

    /**
     * Does one atomic unit of work; durable when it returns.
     *
     * @param <T> the answer's type
     * @param name what it is, for the log: a unit that takes long is named there
     * @param work the unit; may run more than once
     * @return the answer
     */
    <T> T write(String name, Function<? super StoreUnit, ? extends T> work);

    /**
     * Appends events: all or none of this call's; merged freely with other callers' appends into one commit.
     *
     * @param events the events, each with an id
     * @return completes when they are durable: one answer per event, new or already there
     */
    CompletionStage<Appended> append(List<NewEvent> events);

    /**
     * Calls back after commits that appended events, which are all that anybody waits for. It may be lost, doubled or late: the
     * truth is {@link EventReader#after}.
     *
     * @param hint called on a thread of the store's; must be quick
     * @return ends it when closed
     */
    Registration onCommit(Runnable hint);

    /**
     * What the store is.
     *
     * @return its description
     */
    StoreInfo info();

    /** Lets what is under way finish, then closes. Later calls throw {@link dev.pilot.api.error.Unavailable}. */
    @Override
    void close();
}
