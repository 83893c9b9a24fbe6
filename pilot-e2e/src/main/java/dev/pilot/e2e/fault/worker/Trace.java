package dev.pilot.e2e.fault.worker;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.EventId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.Attempt;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Run;
import java.util.List;

/** All that a hub keeps of a run. */
record Trace(Run run, List<Attempt> attempts, List<Artifact> artifacts, List<EventId> events, List<String> outputs) {
    private static final int MOST_EVENTS = 1_000;

    static Trace of(Pilot pilot, RunId id) {
        List<Attempt> attempts = pilot.runs().attempts(id);
        return new Trace(
                pilot.runs().get(id),
                attempts,
                pilot.runs().artifacts(id),
                pilot.events().list(EventFilter.of(id), 0, MOST_EVENTS).items().stream()
                        .map(Event::id)
                        .toList(),
                attempts.stream()
                        .map(attempt -> WorkerScene.output(pilot, id, attempt.attempt()))
                        .toList());
    }
}
