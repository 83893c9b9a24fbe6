package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ApprovalId;

/**
 * One of several decisions.
 *
 * @param id the approval
 * @param decision what is decided
 */
public record DecideApproval(ApprovalId id, Decision decision) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public DecideApproval {
        InvalidInput.required(id, "id");
        InvalidInput.required(decision, "decision");
    }
}
