package dev.pilot.api.run;

import java.util.List;

/**
 * The answer to a heartbeat.
 *
 * @param leases one per lease, in order
 * @param drain whether the worker is to take nothing more
 */
public record HeartbeatAnswer(List<LeaseState> leases, boolean drain) {
    /**
     * Fills in the defaults and checks what must be there.
     */
    public HeartbeatAnswer {
        leases = leases == null ? List.of() : List.copyOf(leases);
    }
}
