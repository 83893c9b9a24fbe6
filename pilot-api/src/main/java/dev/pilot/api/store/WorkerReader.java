package dev.pilot.api.store;

import dev.pilot.api.run.WorkerInfo;
import java.util.List;

/** Reads workers. */
public interface WorkerReader {
    /**
     * The workers, the last seen first; how many runs each holds is counted now.
     *
     * @param limit how many at most
     * @return the workers
     */
    List<WorkerInfo> list(int limit);
}
