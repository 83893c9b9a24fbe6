package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import java.time.Instant;

/**
 * A worker's hold on a run. Run and attempt are the fencing token that every write of the worker carries.
 *
 * @param runId the run
 * @param attempt the attempt, growing with every claim
 * @param workerId the worker
 * @param expiresAt when the hold ends unless renewed, by the store's clock
 */
public record Lease(RunId runId, int attempt, WorkerId workerId, Instant expiresAt) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public Lease {
        InvalidInput.required(runId, "runId");
        InvalidInput.required(workerId, "workerId");
        InvalidInput.required(expiresAt, "expiresAt");
    }
}
