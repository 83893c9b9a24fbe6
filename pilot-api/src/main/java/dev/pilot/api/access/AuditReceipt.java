package dev.pilot.api.access;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AuditId;

/**
 * What became of an audit event that was sent.
 *
 * @param id its id
 * @param sequence its place in the log
 * @param isNew false where it was on record before, with the same content
 */
public record AuditReceipt(AuditId id, long sequence, boolean isNew) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public AuditReceipt {
        InvalidInput.required(id, "id");
    }
}
