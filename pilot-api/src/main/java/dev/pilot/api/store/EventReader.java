package dev.pilot.api.store;

import dev.pilot.api.id.EventId;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import java.util.List;
import java.util.Optional;

/** Reads events. */
public interface EventReader {
    /**
     * Events behind a position, in their order.
     *
     * @param position the position
     * @param filter which
     * @param limit how many at most
     * @return the events
     */
    List<Event> after(long position, EventFilter filter, int limit);

    /**
     * Finds one.
     *
     * @param id its id
     * @return the event, if there is one
     */
    Optional<Event> find(EventId id);

    /**
     * The position of the newest event.
     *
     * @return the position, 0 if there is none
     */
    long last();

    /**
     * The position of the oldest event there is.
     *
     * @return the position, 0 if there is none
     */
    long oldest();
}
