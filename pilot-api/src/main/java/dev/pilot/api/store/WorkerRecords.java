package dev.pilot.api.store;

import dev.pilot.api.run.WorkerInfo;

/** Reads and writes workers. */
public interface WorkerRecords extends WorkerReader {
    /**
     * Inserts a worker, or replaces all but when it was first seen.
     *
     * @param worker the worker
     */
    void seen(WorkerInfo worker);
}
