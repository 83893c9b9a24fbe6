package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;

/**
 * A worker reports what a run used. The same id of the same run counts once, however often it is sent.
 *
 * @param id the reporter's own name for it, unique within the run; 1 to 200 characters
 * @param lease the lease
 * @param used what was used
 * @param selfReported whether only the agent's word stands behind it; an outside agent's reports always are
 */
public record UsageReport(String id, Lease lease, Usage used, boolean selfReported) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if a field is absent
     */
    public UsageReport {
        InvalidInput.required(id, "id");
        InvalidInput.required(lease, "lease");
        InvalidInput.required(used, "used");
    }
}
