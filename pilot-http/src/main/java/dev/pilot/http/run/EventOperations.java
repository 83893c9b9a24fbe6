package dev.pilot.http.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.PageRequest;
import dev.pilot.http.call.Answer;
import dev.pilot.http.call.Call;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.route.EventRoutes;
import dev.pilot.wire.run.LeaseHeader;
import dev.pilot.wire.run.NewEvents;
import dev.pilot.wire.run.Position;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The log of events. */
public final class EventOperations {
    private EventOperations() {}

    /**
     * Adds the area's operations.
     *
     * @param to takes them
     * @param longestLine how many bytes a line of NDJSON may have
     * @param longestWait how long a list may wait for its first event
     */
    public static void add(Operations to, int longestLine, Duration longestWait) {
        to.serve(EventRoutes.LIST, call -> list(call, call.id("runId", RunId::new), longestWait));
        to.serve(EventRoutes.LIST_OF_RUN, call -> list(call, run(call), longestWait));
        to.answer(
                EventRoutes.POSITION, call -> new Position(call.pilot().events().lastPosition()));
        to.serve(EventRoutes.FOLLOW, call -> follow(call, call.id("runId", RunId::new)));
        to.serve(EventRoutes.FOLLOW_RUN, call -> follow(call, run(call)));
        to.serve(EventRoutes.SOCKET_OF_RUN, call -> follow(call, run(call)));
        to.serve(
                EventRoutes.APPEND,
                call -> append(
                        call, new EventBodies(null, longestLine), call.pilot().events()::append));
        to.serve(EventRoutes.APPEND_TO_RUN, call -> {
            String lease = call.header(LeaseHeader.NAME);
            RunId id = lease == null ? run(call) : call.id(RunId::new);
            return append(
                    call,
                    new EventBodies(id, longestLine),
                    lease == null
                            ? call.pilot().events()::append
                            : events -> call.pilot().work().append(LeaseHeader.parse(id, lease), events));
        });
    }

    private static Answer list(Call<Void> call, @Nullable RunId runId, Duration longestWait) {
        Duration asked = Duration.ofMillis(call.smallNumber("waitMs", 0));
        Duration wait = asked.compareTo(longestWait) < 0 ? asked : longestWait;
        return new EventWait(call.pilot().events(), filter(call, runId), after(call), limit(call)).answer(wait);
    }

    private static Answer append(
            Call<NewEvents> call, EventBodies bodies, Function<List<NewEvent>, CompletionStage<Appended>> useCase) {
        if (EventBodies.isLines(call.header("Content-Type"))) {
            return bodies.appendLines(call.stream(), useCase, call::check);
        }
        return Operations.later(useCase.apply(bodies.read(call.bytes())));
    }

    private static Answer follow(Call<Void> call, @Nullable RunId runId) {
        String last = call.header("Last-Event-ID");
        long after;
        if (last != null) {
            after = Call.wholeNumber("Last-Event-ID", last.strip());
        } else if (call.text("after") != null) {
            after = after(call);
        } else {
            // A run's whole story is short enough to be told from its beginning; the hub's is not.
            after = runId == null ? call.pilot().events().lastPosition() : 0;
        }
        String known = call.text("epoch");
        String epoch = call.pilot().system().meta().epoch();
        boolean isReset = known != null && !known.equals(epoch);
        return new Answer.Following(filter(call, runId), isReset ? 0 : after, epoch, isReset);
    }

    /** The run's own id, where the path names it by its agent's. */
    private static RunId run(Call<?> call) {
        return call.pilot().runs().get(call.id(RunId::new)).id();
    }

    private static EventFilter filter(Call<?> call, @Nullable RunId runId) {
        return new EventFilter(subject(call), runId, call.id("projectId", ProjectId::new), call.text("type"));
    }

    private static @Nullable Subject subject(Call<?> call) {
        String type = call.text("subjectType");
        String id = call.text("subjectId");
        if (type == null && id == null) {
            return null;
        }
        return new Subject(InvalidInput.required(type, "subjectType"), InvalidInput.required(id, "subjectId"));
    }

    private static long after(Call<?> call) {
        return call.number("after", 0);
    }

    private static int limit(Call<?> call) {
        return call.smallNumber("limit", PageRequest.DEFAULT_LIMIT);
    }
}
