package dev.pilot.api.run;

import dev.pilot.api.value.Page;
import dev.pilot.api.value.Registration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The use-cases of events. */
public interface Events {
    /**
     * Appends events, all or none. The same id twice is one event.
     *
     * @param events the events; at most 1,000
     * @return completes when they are durable, or with a {@link dev.pilot.api.error.PilotException}
     */
    CompletionStage<Appended> append(List<NewEvent> events);

    /**
     * Lists events in their order.
     *
     * @param filter which
     * @param after the position behind which to start; 0 for the beginning
     * @param limit how many at most, 1 to 1,000
     * @return the events; the cursor is the last one's position, null if there are no more now
     */
    Page<Event> list(EventFilter filter, long after, int limit);

    /**
     * The position of the newest event.
     *
     * @return the position, 0 if there is none
     */
    long lastPosition();

    /**
     * Follows events from a position on: all later ones come in their order, each once.
     *
     * @param filter which
     * @param after the position behind which to start
     * @param follower takes them
     * @return ends the following when closed
     */
    Registration follow(EventFilter filter, long after, EventFollower follower);
}
