package dev.pilot.wire.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.run.Lease;
import java.util.List;

/**
 * The body of a release.
 *
 * @param leases what is given back
 */
public record Leases(List<Lease> leases) {
    /**
     * Copies the leases.
     *
     * @throws InvalidInput if they are absent
     */
    public Leases {
        leases = List.copyOf(InvalidInput.required(leases, "leases"));
    }
}
