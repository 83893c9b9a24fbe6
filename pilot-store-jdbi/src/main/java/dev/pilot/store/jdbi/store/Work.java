package dev.pilot.store.jdbi.store;

import dev.pilot.api.run.Appended;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.store.StoreUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What waits for the writer. */
sealed interface Work {
    /** Completed when it is durable, or has failed. */
    CompletableFuture<?> done();

    /** How many rows it is, roughly; at most {@link GroupCommit#MOST_AT_ONCE}. */
    int weight();

    /**
     * A unit of work.
     *
     * @param <T> the answer's type
     * @param name for the log
     * @param work the unit
     * @param done takes the answer
     */
    record Unit<T>(String name, Function<? super StoreUnit, ? extends T> work, CompletableFuture<T> done)
            implements Work {
        @Override
        public int weight() {
            return 1;
        }
    }

    /**
     * Events to append, all or none.
     *
     * @param events the events
     * @param done takes the answer
     */
    record Append(List<NewEvent> events, CompletableFuture<Appended> done) implements Work {
        @Override
        public int weight() {
            return Math.min(events.size(), GroupCommit.MOST_AT_ONCE);
        }
    }
}
