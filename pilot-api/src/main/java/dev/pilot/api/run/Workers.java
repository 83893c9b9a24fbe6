package dev.pilot.api.run;

import dev.pilot.api.id.WorkerId;
import java.util.List;

/** The workers that the hub has seen. */
public interface Workers {
    /**
     * Lists them, the last seen first.
     *
     * @return the workers; 500 at most
     */
    List<WorkerInfo> list();

    /**
     * Lets a worker finish what it has, but take nothing more. It is told with its next heartbeat, and gets no runs from now on.
     *
     * @param id the worker
     * @return the worker now
     * @throws dev.pilot.api.error.NotFound if the hub has never seen it
     */
    WorkerInfo drain(WorkerId id);

    /**
     * Lets a worker take runs again.
     *
     * @param id the worker
     * @return the worker now
     * @throws dev.pilot.api.error.NotFound if the hub has never seen it
     */
    WorkerInfo resume(WorkerId id);
}
