package dev.pilot.api.store;

import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.WorkerInfo;
import java.time.Instant;

/** Reads and writes workers. */
public interface WorkerRecords extends WorkerReader {
    /**
     * Inserts a worker, or replaces all but when it was first seen and whether it drains.
     *
     * @param worker the worker
     */
    void seen(WorkerInfo worker);

    /**
     * Notes that a worker was heard of, if it is known.
     *
     * @param id the worker
     * @param at when
     */
    void heard(WorkerId id, Instant at);

    /**
     * Has a worker take nothing more, or something again.
     *
     * @param id the worker
     * @param drain whether it is to take nothing more
     * @return whether there is such a worker
     */
    boolean drain(WorkerId id, boolean drain);
}
