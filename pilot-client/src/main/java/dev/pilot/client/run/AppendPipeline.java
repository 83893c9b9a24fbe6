package dev.pilot.client.run;

import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.OverLimit;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewEvent;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.Request;
import dev.pilot.wire.route.EventRoutes;
import dev.pilot.wire.run.NewEvents;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sends appends in the order in which they were asked for, without anybody having to wait for one before the next. One request is under
 * way at a time for each lease, and one for what is appended without; what comes meanwhile goes with the next one. So nothing lingers
 * on a quiet line, and a busy one costs a request for some hundred appends. Threads may share it.
 */
final class AppendPipeline {
    /** What a hub takes in one request. */
    private static final int MOST_AT_ONCE = 1_000;
    /** Well below what a hub takes in one request by default, in characters. */
    private static final int LONGEST_AT_ONCE = 500_000;
    /** In characters; who appends faster than the hub can take has to wait for answers now and then. */
    static final int MOST_WAITING = 32_000_000;

    private static final Key NO_LEASE = new Key("", 0, "");
    /** What concerns all that wait alike; anything else may be only one's own fault. */
    private static final Set<ErrorKind> EVERYBODYS = EnumSet.of(
            ErrorKind.UNAVAILABLE,
            ErrorKind.OUTCOME_UNKNOWN,
            ErrorKind.LEASE_LOST,
            ErrorKind.UNAUTHENTICATED,
            ErrorKind.FORBIDDEN);

    private final Connection connection;
    /** Those with a request under way; also what everything here is guarded by. */
    private final Map<Key, Lane> lanes = new HashMap<>();

    private long waiting;

    /**
     * Makes it.
     *
     * @param connection to the hub
     */
    AppendPipeline(Connection connection) {
        this.connection = connection;
    }

    /** Of a lease, however often it is extended; {@link #NO_LEASE} without one. */
    private record Key(String run, int attempt, String worker) {
        static Key of(@Nullable Lease lease) {
            return lease == null
                    ? NO_LEASE
                    : new Key(
                            lease.runId().value(),
                            lease.attempt(),
                            lease.workerId().value());
        }
    }

    private static final class Lane {
        final Key key;
        final @Nullable Lease lease;
        final Deque<Waiting> queue = new ArrayDeque<>();
        /** So many of the first ones are sent one by one, since one of them was refused. */
        int alone;

        Lane(Key key, @Nullable Lease lease) {
            this.key = key;
            this.lease = lease;
        }
    }

    private record Waiting(Appending appending, int length, CompletableFuture<Appended> answer) {}

    /**
     * Appends events behind all that were appended with the same lease before. Where the hub can't be reached, what waits behind fails,
     * too, so that nothing overtakes what is appended anew.
     *
     * @param lease under which lease, or null
     * @param events the events
     * @return completes when they are durable, or with a {@link PilotException}
     */
    CompletionStage<Appended> append(@Nullable Lease lease, List<NewEvent> events) {
        Waiting asked = new Waiting(Appending.of(events), length(events), new CompletableFuture<>());
        Lane idle = null;
        synchronized (lanes) {
            if (waiting + asked.length() > MOST_WAITING && waiting > 0) {
                return CompletableFuture.failedFuture(new OverLimit(
                        "appends-waiting",
                        "More than " + MOST_WAITING + " characters of events wait to be sent: wait for answers."));
            }
            waiting += asked.length();
            Key key = Key.of(lease);
            Lane lane = lanes.get(key);
            if (lane == null) {
                lane = new Lane(key, lease);
                lanes.put(key, lane);
                idle = lane;
            }
            lane.queue.add(asked);
        }
        if (idle != null) {
            sendNext(idle);
        }
        return asked.answer();
    }

    private void sendNext(Lane lane) {
        List<Waiting> group = next(lane);
        if (!group.isEmpty()) {
            CompletableFuture<Appended> unused = send(lane.lease, group).whenComplete((all, failure) -> {
                if (failure == null) {
                    sendNext(lane);
                    succeed(group, all);
                } else {
                    fail(lane, group, failure);
                }
            });
        }
    }

    private CompletableFuture<Appended> send(@Nullable Lease lease, List<Waiting> group) {
        try {
            return connection.later(request(lease, group));
        } catch (RuntimeException unsendable) {
            return CompletableFuture.failedFuture(unsendable);
        }
    }

    private List<Waiting> next(Lane lane) {
        List<Waiting> group = new ArrayList<>();
        synchronized (lanes) {
            int most = lane.alone > 0 ? 1 : Integer.MAX_VALUE;
            lane.alone = Math.max(0, lane.alone - 1);
            int events = 0;
            int length = 0;
            while (!lane.queue.isEmpty() && group.size() < most) {
                Waiting first = lane.queue.element();
                int size = first.appending().size();
                events += size == 0 ? MOST_AT_ONCE : size; // the hub has to see that one is empty
                length += first.length();
                if (!group.isEmpty() && (events > MOST_AT_ONCE || length > LONGEST_AT_ONCE)) {
                    break;
                }
                group.add(lane.queue.remove());
            }
            if (group.isEmpty()) {
                lanes.remove(lane.key);
            }
        }
        return group;
    }

    private static Request<Appended> request(@Nullable Lease lease, List<Waiting> group) {
        NewEvents events = new NewEvents(
                group.stream().flatMap(one -> one.appending().events().stream()).toList());
        return lease == null
                ? Request.to(EventRoutes.APPEND, events).repeatable()
                : Request.to(EventRoutes.APPEND_TO_RUN, events, lease.runId())
                        .under(lease)
                        .repeatable();
    }

    private void succeed(List<Waiting> group, Appended all) {
        settled(group);
        int start = 0;
        for (Waiting one : group) {
            int end = Math.min(all.events().size(), start + one.appending().size());
            one.answer().complete(one.appending().told(new Appended(all.events().subList(start, end))));
            start = end;
        }
    }

    private void fail(Lane lane, List<Waiting> group, Throwable thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        boolean everybodys = failure instanceof PilotException told && EVERYBODYS.contains(told.kind());
        List<Waiting> failed = new ArrayList<>();
        synchronized (lanes) {
            if (everybodys) {
                lanes.remove(lane.key);
                failed.addAll(group);
                failed.addAll(lane.queue);
                lane.queue.clear();
            } else if (group.size() > 1) {
                for (int i = group.size() - 1; i >= 0; i--) {
                    lane.queue.addFirst(group.get(i));
                }
                lane.alone = group.size();
            } else {
                failed.addAll(group);
            }
        }
        settled(failed);
        if (!everybodys) {
            sendNext(lane);
        }
        failed.forEach(one -> one.answer().completeExceptionally(failure));
    }

    private void settled(List<Waiting> done) {
        synchronized (lanes) {
            done.forEach(one -> waiting -= one.length());
        }
    }

    /** About as long as it is sent; exactly doesn't matter. */
    private static int length(List<NewEvent> events) {
        int length = 0;
        for (NewEvent event : events) {
            length += 200
                    + event.title().length()
                    + event.message().length()
                    + event.data().toString().length();
        }
        return length;
    }
}
