package dev.pilot.wire.access;

import dev.pilot.api.access.NewAuditEvent;
import dev.pilot.api.error.InvalidInput;
import java.util.List;

/**
 * The body of a set of audit events.
 *
 * @param events the decisions to put on record
 */
public record NewAuditEvents(List<NewAuditEvent> events) {
    /**
     * Copies the events.
     *
     * @throws InvalidInput if they are absent
     */
    public NewAuditEvents {
        events = List.copyOf(InvalidInput.required(events, "events"));
    }
}
