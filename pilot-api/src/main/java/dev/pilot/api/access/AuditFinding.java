package dev.pilot.api.access;

import dev.pilot.api.error.InvalidInput;

/**
 * The first place where the audit log is not what the hub wrote.
 *
 * @param fault in what way
 * @param sequence the record's place in the log
 * @param message what was found, for people
 */
public record AuditFinding(AuditFault fault, long sequence, String message) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public AuditFinding {
        InvalidInput.required(fault, "fault");
        InvalidInput.required(message, "message");
    }
}
