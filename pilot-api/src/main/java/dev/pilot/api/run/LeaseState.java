package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import org.jspecify.annotations.Nullable;

/**
 * What became of one lease of a heartbeat.
 *
 * @param lease the lease, with its new expiry where it is held
 * @param held whether the worker still holds it; if not, it must stop the run
 * @param reason why it is not held, such as {@code cancelled}; or null
 */
public record LeaseState(
        Lease lease, boolean held, @Nullable String reason) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public LeaseState {
        InvalidInput.required(lease, "lease");
    }
}
