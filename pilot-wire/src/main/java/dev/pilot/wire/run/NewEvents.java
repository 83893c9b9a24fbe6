package dev.pilot.wire.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.run.NewEvent;
import java.util.List;

/**
 * The body of an append of many events.
 *
 * @param events the events, in order
 */
public record NewEvents(List<NewEvent> events) {
    /**
     * Copies the events.
     *
     * @throws InvalidInput if they are absent
     */
    public NewEvents {
        events = List.copyOf(InvalidInput.required(events, "events"));
    }
}
