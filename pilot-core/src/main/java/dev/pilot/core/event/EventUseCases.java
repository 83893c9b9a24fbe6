package dev.pilot.core.event;

import dev.pilot.api.access.Caller;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.EventFollower;
import dev.pilot.api.run.Events;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.Registration;
import dev.pilot.core.access.Permission;
import dev.pilot.core.access.Reach;
import dev.pilot.core.system.HubContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@link Events} over the store, for one caller. */
public final class EventUseCases implements Events {
    private static final int MAX_PAGE = 1_000;

    private final HubContext hub;
    private final EventFeed feed;
    private final EventInput input;
    private final Caller caller;
    private final Reach reach;

    /**
     * Makes them.
     *
     * @param hub what they stand on
     * @param feed tells followers
     * @param caller who asks
     */
    public EventUseCases(HubContext hub, EventFeed feed, Caller caller) {
        this.hub = hub;
        this.feed = feed;
        this.input = new EventInput(hub);
        this.caller = caller;
        this.reach = Reach.of(caller);
    }

    @Override
    public CompletionStage<Appended> append(List<NewEvent> events) {
        try {
            Permission.APPEND_EVENTS.require(caller);
            List<NewEvent> accepted = input.accept(events);
            return hub.store()
                    .append(
                            reach.isBound()
                                    ? hub.store().read(view -> new BoundEvents(view, reach).place(accepted))
                                    : accepted);
        } catch (PilotException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public Page<Event> list(EventFilter filter, long after, int limit) {
        Permission.SEE_EVENTS.require(caller);
        if (limit < 1 || limit > MAX_PAGE) {
            throw InvalidInput.of("limit", "must be from 1 to " + MAX_PAGE + ", but is " + limit);
        }
        if (after < 0) {
            throw InvalidInput.of("after", "must be 0 or a position, but is " + after);
        }
        List<Event> events = hub.store().read(view -> reach.in(view).events().after(after, filter, limit));
        boolean more = events.size() == limit;
        return new Page<>(events, more ? Long.toString(events.get(limit - 1).position()) : null);
    }

    @Override
    public long lastPosition() {
        Permission.SEE_EVENTS.require(caller);
        return hub.store().read(view -> reach.in(view).events().last());
    }

    @Override
    public Registration follow(EventFilter filter, long after, EventFollower follower) {
        Permission.SEE_EVENTS.require(caller);
        if (after < 0) {
            throw InvalidInput.of("after", "must be 0 or a position, but is " + after);
        }
        return feed.follow(filter, reach, after, follower);
    }
}
