package dev.pilot.client.run;

import dev.pilot.api.id.EventId;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.value.Created;
import dev.pilot.client.call.FreshIds;
import dev.pilot.wire.run.NewEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * An append that may be sent twice, since every event has an id.
 *
 * @param body what is sent
 * @param ours which events got their id here; they can only have been appended by this very call
 */
record Appending(NewEvents body, List<Boolean> ours) {
    static Appending of(List<NewEvent> events) {
        List<NewEvent> named = events.stream()
                .map(event -> event.id() != null
                        ? event
                        : event.toBuilder()
                                .id(new EventId(FreshIds.next("evt")))
                                .build())
                .toList();
        return new Appending(
                new NewEvents(named),
                events.stream().map(event -> event.id() == null).toList());
    }

    CompletionStage<Appended> told(CompletionStage<Appended> answer) {
        return ours.contains(true) ? answer.thenApply(this::told) : answer;
    }

    private Appended told(Appended answer) {
        List<Created<EventId>> told = new ArrayList<>(answer.events().size());
        for (int i = 0; i < answer.events().size(); i++) {
            Created<EventId> event = answer.events().get(i);
            told.add(i < ours.size() && ours.get(i) ? new Created<>(event.value(), true) : event);
        }
        return new Appended(told);
    }
}
