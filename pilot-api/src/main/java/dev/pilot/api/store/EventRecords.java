package dev.pilot.api.store;

import dev.pilot.api.run.Appended;
import dev.pilot.api.run.NewEvent;
import java.util.List;

/** Reads and appends events. */
public interface EventRecords extends EventReader {
    /**
     * Appends events; one whose id is there already is left out.
     *
     * @param events the events, each with an id
     * @return one answer per event
     */
    Appended append(List<NewEvent> events);
}
