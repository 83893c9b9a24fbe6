package dev.pilot.client.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.EventFollower;
import dev.pilot.api.run.Events;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.Registration;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.Request;
import dev.pilot.wire.route.EventRoutes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** {@link Events} of a hub elsewhere. */
public final class RemoteEvents implements Events, AutoCloseable {
    private final Connection connection;
    private final AppendPipeline appends;
    private final Set<Following> followings = ConcurrentHashMap.newKeySet();

    /**
     * Makes it.
     *
     * @param connection to the hub
     */
    public RemoteEvents(Connection connection) {
        this.connection = connection;
        this.appends = new AppendPipeline(connection);
    }

    @Override
    public CompletionStage<Appended> append(List<NewEvent> events) {
        return appends.append(null, events);
    }

    @Override
    public Page<Event> list(EventFilter filter, long after, int limit) {
        return connection.call(filtered(Request.to(EventRoutes.LIST), filter)
                .query("after", after)
                .query("limit", limit));
    }

    @Override
    public long lastPosition() {
        return connection.call(Request.to(EventRoutes.POSITION)).position();
    }

    @Override
    public Registration follow(EventFilter filter, long after, EventFollower follower) {
        if (after < 0) {
            throw InvalidInput.of("after", "must be 0 or a position, but is " + after);
        }
        Following following = new Following(
                (position, epoch) -> connection.events(filtered(Request.to(EventRoutes.FOLLOW), filter)
                        .query("after", position)
                        .query("epoch", epoch)),
                after,
                follower,
                followings::remove);
        followings.add(following);
        following.start();
        return following;
    }

    /** Ends all that is followed. */
    @Override
    public void close() {
        followings.forEach(Following::close);
    }

    private static <A> Request<A> filtered(Request<A> request, EventFilter filter) {
        if (filter.subject() != null) {
            request.query("subjectType", filter.subject().type())
                    .query("subjectId", filter.subject().id());
        }
        return request.query("runId", filter.runId())
                .query("projectId", filter.projectId())
                .query("type", filter.type());
    }
}
