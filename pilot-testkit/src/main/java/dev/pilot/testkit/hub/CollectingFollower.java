package dev.pilot.testkit.hub;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFollower;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps what it is given, and notices when two calls overlap. */
final class CollectingFollower implements EventFollower {
    private final List<Event> events = new ArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final List<@Nullable PilotException> ends = new CopyOnWriteArrayList<>();
    private volatile boolean overlapped;

    @Override
    public CompletionStage<?> onEvents(List<Event> more) {
        overlapped |= inside.incrementAndGet() > 1 || more.isEmpty();
        synchronized (this) {
            events.addAll(more);
        }
        inside.decrementAndGet();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onEnd(@Nullable PilotException cause) {
        ends.add(cause);
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    synchronized int size() {
        return events.size();
    }

    List<@Nullable PilotException> ends() {
        return ends;
    }

    /** Whether two calls overlapped or one brought nothing. */
    boolean overlapped() {
        return overlapped;
    }
}
