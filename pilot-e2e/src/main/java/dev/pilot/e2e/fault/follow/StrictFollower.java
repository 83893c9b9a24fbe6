package dev.pilot.e2e.fault.follow;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.EventFollower;
import dev.pilot.e2e.fault.Violations;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Keeps the position of every event that it is given, to be held against what the hub lists. Threads may share it. */
public final class StrictFollower implements EventFollower {
    private static final int PAGE = 1_000;

    private final long after;
    private final List<Long> positions = new ArrayList<>();
    private int signals;

    /**
     * Starts with nothing.
     *
     * @param after the position behind which it follows
     */
    public StrictFollower(long after) {
        this.after = after;
    }

    @Override
    public synchronized CompletionStage<?> onEvents(List<Event> events) {
        events.forEach(event -> positions.add(event.position()));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized void onTruncated(long oldest) {
        signals++;
    }

    @Override
    public synchronized void onReset(String epoch) {
        signals++;
    }

    /** One that is closed ends without a cause. */
    @Override
    public synchronized void onEnd(@Nullable PilotException cause) {
        signals += cause == null ? 0 : 1;
    }

    /**
     * Where it is.
     *
     * @return the position of the last event that it was given
     */
    public synchronized long position() {
        return positions.isEmpty() ? after : positions.get(positions.size() - 1);
    }

    /**
     * Holds what it was given against all later events of a hub, one look for each.
     *
     * @param name how the names of the promises begin
     * @param pilot the hub
     * @param violations counts
     * @return how many events it should have been given
     */
    public synchronized int check(String name, Pilot pilot, Violations violations) {
        int next = 0;
        long position = after;
        List<Event> page;
        do {
            page = pilot.events().list(EventFilter.ALL, position, PAGE).items();
            for (Event event : page) {
                position = event.position();
                long given = next < positions.size() ? positions.get(next) : -1;
                violations.count(
                        name + ".each-once-in-order", given == position, given + " was given in place of " + position);
                next++;
            }
        } while (!page.isEmpty());
        violations.count(
                name + ".nothing-else",
                next == positions.size() && signals == 0,
                (positions.size() - next) + " more events, " + signals + " signals");
        return next;
    }
}
