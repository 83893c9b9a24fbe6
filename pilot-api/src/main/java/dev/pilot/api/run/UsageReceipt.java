package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;

/**
 * The answer to a {@link UsageReport}.
 *
 * @param id the report's id
 * @param counted whether it was new; false where it was counted before
 * @param state the run's state after it
 * @param usage all that the run has used
 */
public record UsageReceipt(String id, boolean counted, RunState state, Usage usage) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if a field is absent
     */
    public UsageReceipt {
        InvalidInput.required(id, "id");
        InvalidInput.required(state, "state");
        InvalidInput.required(usage, "usage");
    }
}
