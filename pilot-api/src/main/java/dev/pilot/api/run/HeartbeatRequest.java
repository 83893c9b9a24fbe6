package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.WorkerId;
import java.time.Duration;
import java.util.List;

/**
 * A worker says that it is alive.
 *
 * @param workerId the worker
 * @param leases what it holds
 * @param lease how long the leases should last from now; the hub may cap it
 */
public record HeartbeatRequest(WorkerId workerId, List<Lease> leases, Duration lease) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public HeartbeatRequest {
        InvalidInput.required(workerId, "workerId");
        leases = leases == null ? List.of() : List.copyOf(leases);
        lease = lease == null ? Duration.ofSeconds(30) : lease;
    }
}
