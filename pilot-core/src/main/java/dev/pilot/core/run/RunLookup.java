package dev.pilot.core.run;

import dev.pilot.api.error.LeaseLost;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import dev.pilot.api.store.StoreView;

/** Finds runs: by id, by an outside agent's id, by the lease that a worker shows. */
final class RunLookup {
    private RunLookup() {}

    static Run get(StoreView view, RunId id) {
        return view.runs()
                .find(id)
                .or(() -> view.runs().findByExternalId(id.value()))
                .orElseThrow(() -> new NotFound("run", id.value()));
    }

    /**
     * Finds the run that a worker holds.
     *
     * @throws LeaseLost if it doesn't hold it any more
     */
    static Run held(StoreView view, Lease lease) {
        return held(view.runs().get(lease.runId()), lease);
    }

    static Run held(Run run, Lease lease) {
        if (!isHeld(run, lease)) {
            throw new LeaseLost(
                    run.id().value(),
                    lease.attempt(),
                    run.attempt(),
                    "Worker " + lease.workerId() + " no longer holds run " + run.id() + " (attempt " + lease.attempt()
                            + "): it is " + run.state().wire() + ", attempt " + run.attempt() + ". Stop the work.");
        }
        return run;
    }

    static boolean isHeld(Run run, Lease lease) {
        return run.lease() != null
                && run.attempt() == lease.attempt()
                && run.lease().workerId().equals(lease.workerId());
    }
}
