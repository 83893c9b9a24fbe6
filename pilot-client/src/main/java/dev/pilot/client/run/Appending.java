package dev.pilot.client.run;

import dev.pilot.api.id.EventId;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.value.Created;
import dev.pilot.client.call.FreshIds;
import java.util.ArrayList;
import java.util.List;

/**
 * An append that may be sent twice, since every event has an id.
 *
 * @param events what is sent
 * @param ours which events got their id here; they can only have been appended by this very call
 */
record Appending(List<NewEvent> events, List<Boolean> ours) {
    static Appending of(List<NewEvent> events) {
        List<NewEvent> named = events.stream()
                .map(event -> event.id() != null
                        ? event
                        : event.toBuilder()
                                .id(new EventId(FreshIds.next("evt")))
                                .build())
                .toList();
        return new Appending(
                named, events.stream().map(event -> event.id() == null).toList());
    }

    int size() {
        return events.size();
    }

    /** The answer as the caller is to see it: what got its id here is new, even if it had to be sent twice. */
    Appended told(Appended answer) {
        if (!ours.contains(true)) {
            return answer;
        }
        List<Created<EventId>> told = new ArrayList<>(answer.events().size());
        for (int i = 0; i < answer.events().size(); i++) {
            Created<EventId> event = answer.events().get(i);
            told.add(i < ours.size() && ours.get(i) ? new Created<>(event.value(), true) : event);
        }
        return new Appended(told);
    }
}
