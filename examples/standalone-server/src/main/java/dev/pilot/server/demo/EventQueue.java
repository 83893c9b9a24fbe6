package dev.pilot.server.demo;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFollower;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Brings the events that are followed to a thread that takes them one by one. */
final class EventQueue implements EventFollower {
    private final BlockingQueue<Optional<Event>> events = new LinkedBlockingQueue<>();

    @Override
    public CompletionStage<?> onEvents(List<Event> some) {
        some.forEach(event -> events.add(Optional.of(event)));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onEnd(@Nullable PilotException cause) {
        events.add(Optional.empty());
    }

    /**
     * Takes the next one; waits for it.
     *
     * @throws Unavailable if there will be none
     */
    Event take() throws InterruptedException {
        return events.take()
                .orElseThrow(() ->
                        new Unavailable("events-ended", "The hub's events came to an end before the run did.", null));
    }
}
