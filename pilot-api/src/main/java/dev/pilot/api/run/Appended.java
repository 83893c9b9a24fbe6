package dev.pilot.api.run;

import dev.pilot.api.id.EventId;
import dev.pilot.api.value.Created;
import java.util.List;

/**
 * The answer to an append, in the order of the events.
 *
 * @param events each event's id, and whether this call appended it
 */
public record Appended(List<Created<EventId>> events) {
    /**
     * Fills in the defaults and checks what must be there.
     */
    public Appended {
        events = events == null ? List.of() : List.copyOf(events);
    }
}
