package dev.pilot.api.access;

import dev.pilot.api.error.InvalidInput;
import org.jspecify.annotations.Nullable;

/**
 * What came of a check of the audit log.
 *
 * @param checked how many records were looked at
 * @param first the first record that there should be: those before it were pruned; 1 where none were
 * @param last the newest record; 0 where there is none
 * @param head the newest record's hash: noted elsewhere, it proves later that nothing before was changed
 * @param sealed the newest record that a seal covers; what is newer is only chained
 * @param finding what is wrong; null if nothing is
 */
public record AuditReport(
        long checked,
        long first,
        long last,
        String head,
        long sealed,
        @Nullable AuditFinding finding) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public AuditReport {
        InvalidInput.required(head, "head");
    }
    /**
     * Whether nothing is wrong.
     *
     * @return true without a finding
     */
    public boolean isIntact() {
        return finding == null;
    }
}
