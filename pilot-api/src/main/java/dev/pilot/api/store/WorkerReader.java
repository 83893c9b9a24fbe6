package dev.pilot.api.store;

import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.WorkerInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads workers. */
public interface WorkerReader {
    /**
     * Finds one; how many runs it holds is counted now.
     *
     * @param id its id
     * @return the worker, if the hub has seen it
     */
    Optional<WorkerInfo> find(WorkerId id);

    /**
     * Gets one.
     *
     * @param id its id
     * @return the worker
     * @throws NotFound if the hub has never seen it
     */
    default WorkerInfo get(WorkerId id) {
        return find(id).orElseThrow(() -> new NotFound("worker", id.value()));
    }

    /**
     * The workers, the last seen first; how many runs each holds is counted now.
     *
     * @param limit how many at most
     * @return the workers
     */
    List<WorkerInfo> list(int limit);

    /**
     * Those that are to take nothing more.
     *
     * @return their ids
     */
    Set<WorkerId> draining();
}
