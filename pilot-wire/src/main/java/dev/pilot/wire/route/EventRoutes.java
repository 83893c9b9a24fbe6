package dev.pilot.wire.route;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.Event;
import dev.pilot.api.value.Page;
import dev.pilot.wire.WireType;
import dev.pilot.wire.run.NewEvents;
import dev.pilot.wire.run.Position;

/** The routes of the log of events. */
public final class EventRoutes {
    /**
     * The header of a refusal that says how many lines of NDJSON are appended, from the first: the sender mends what is wrong and goes on with
     * the next line.
     */
    public static final String ACCEPTED = "Pilot-Accepted-Lines";

    /** {@code GET /api/events}. */
    public static final Route<Void, Page<Event>> LIST = filtered(listed("/api/events", "Lists events in their order."))
            .query("runId", RunId.class, "Only those of this run.");

    /** {@code GET /api/runs/{id}/events}. */
    public static final Route<Void, Page<Event>> LIST_OF_RUN =
            filtered(listed("/api/runs/{id}/events", "Lists a run's events in their order."));

    /** {@code POST /api/events}. */
    public static final Route<NewEvents, Appended> APPEND = Route.post(
                    "/api/events",
                    "Appends events: one, a list of them, or one in each line; if a line is wrong, " + ACCEPTED
                            + " says how many lines before it are appended.")
            .takes(Media.EVENTS, NewEvents.class)
            .answers(Appended.class);

    /** {@code POST /api/runs/{id}/events}; with {@link dev.pilot.wire.run.LeaseHeader} only while the lease holds. */
    public static final Route<NewEvents, Appended> APPEND_TO_RUN = Route.post(
                    "/api/runs/{id}/events", "Appends events of a run; subject and runId may be left out.")
            .takes(Media.EVENTS, NewEvents.class)
            .answers(Appended.class);

    /** {@code GET /api/events/position}. */
    public static final Route<Void, Position> POSITION = Route.get(
                    "/api/events/position", "Says the newest event's position.")
            .answers(Position.class);

    /** {@code GET /api/events/stream}. */
    public static final Route<Void, Event> FOLLOW = filtered(
                    streamed("/api/events/stream", "Follows events: all later ones, in their order."))
            .query("runId", RunId.class, "Only those of this run.");

    /** {@code GET /api/runs/{id}/events/stream}. */
    public static final Route<Void, Event> FOLLOW_RUN =
            filtered(streamed("/api/runs/{id}/events/stream", "Follows a run's events."));

    /**
     * {@code GET /ws/runs/{id}}. Each text frame is an event, as JSON; what a stream says besides is an object with one member, named as in
     * {@link dev.pilot.wire.run.StreamEvents}. Without a header that has the token, the first frame from the caller must be
     * <code>{"token": "…"}</code>.
     */
    public static final Route<Void, Event> SOCKET_OF_RUN = filtered(followed(Route.get(
                    "/ws/runs/{id}",
                    "Follows a run's events over a WebSocket; the token may come as the first message.")
            .upgrades(Event.class)));

    private EventRoutes() {}

    private static Route<Void, Page<Event>> listed(String path, String summary) {
        return Route.get(path, summary)
                .answers(WireType.pageOf(Event.class))
                .query("after", Long.class, "The position behind which to start; 0 if absent.")
                .query("limit", Integer.class, "How many events at most, 1 to 1000; 50 if absent.")
                .query("waitMs", Integer.class, "How long to wait for the first where there is none; 0 if absent.");
    }

    private static Route<Void, Event> streamed(String path, String summary) {
        return followed(Route.get(path, summary).streams(Event.class));
    }

    private static Route<Void, Event> followed(Route<Void, Event> route) {
        return route.query(
                        "after",
                        Long.class,
                        "The position behind which to start; Last-Event-ID goes before it. Absent: a run's beginning, else now.")
                .query(
                        "epoch",
                        String.class,
                        "The name of the log that the position is of, as /api/meta says; if it is another now, a reset is told, then all.");
    }

    private static <B, A> Route<B, A> filtered(Route<B, A> route) {
        return route.query("projectId", ProjectId.class, "Only those of this project.")
                .query("type", String.class, "Only those of this type.")
                .query("subjectType", String.class, "Only those about this kind of entity; with subjectId.")
                .query("subjectId", String.class, "Only those about this entity; with subjectType.");
    }
}
