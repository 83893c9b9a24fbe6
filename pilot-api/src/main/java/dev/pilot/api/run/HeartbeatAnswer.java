package dev.pilot.api.run;

import java.util.List;

/**
 * The answer to a heartbeat.
 *
 * @param leases one per lease, in order
 */
public record HeartbeatAnswer(List<LeaseState> leases) {
    /**
     * Fills in the defaults and checks what must be there.
     */
    public HeartbeatAnswer {
        leases = leases == null ? List.of() : List.copyOf(leases);
    }
}
