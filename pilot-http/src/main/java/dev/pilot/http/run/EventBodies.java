package dev.pilot.http.run;

import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.value.Json;
import dev.pilot.http.call.Answer;
import dev.pilot.http.call.OneOrMany;
import dev.pilot.http.call.PathField;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.run.NewEvents;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shapes in which events come: one, a list, or one in each line. */
final class EventBodies {
    private final @Nullable RunId runId;
    private final int longestLine;

    EventBodies(@Nullable RunId runId, int longestLine) {
        this.runId = runId;
        this.longestLine = longestLine;
    }

    static boolean isLines(@Nullable String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("application/x-ndjson");
    }

    List<NewEvent> read(byte[] body) {
        if (runId != null) {
            return ofRun(WireCodec.read(body, Json.Obj.class), runId);
        } else if (OneOrMany.isMany(body, "events")) {
            return WireCodec.read(body, NewEvents.class).events();
        }
        return List.of(WireCodec.read(body, NewEvent.class));
    }

    private static List<NewEvent> ofRun(Json.Obj body, RunId runId) {
        if (!(body.get("events") instanceof Json.Arr list)) {
            return List.of(event(body, runId));
        }
        List<Json> events = new ArrayList<>();
        for (Json item : list.items()) {
            events.add(item instanceof Json.Obj event ? filled(event, runId) : item);
        }
        return WireCodec.read(WireCodec.write(body.with("events", new Json.Arr(events))), NewEvents.class)
                .events();
    }

    private static NewEvent event(Json.Obj body, RunId runId) {
        return WireCodec.read(WireCodec.write(filled(body, runId)), NewEvent.class);
    }

    private static Json.Obj filled(Json.Obj event, RunId runId) {
        Json.Obj withSubject = event.get("subject") == null
                ? event.with("subject", Json.object("type", "run", "id", runId.value()))
                : event;
        return PathField.filled(withSubject, "runId", runId.value());
    }

    /** Appends one event per line; looks now and then whether it may go on. */
    Answer appendLines(
            InputStream stream, Function<List<NewEvent>, CompletionStage<Appended>> useCase, Runnable mayGoOn) {
        return new LineAppender(useCase, mayGoOn).append(new Lines(stream, longestLine), this::ofLine);
    }

    private NewEvent ofLine(byte[] line) {
        return runId == null
                ? WireCodec.read(line, NewEvent.class)
                : event(WireCodec.read(line, Json.Obj.class), runId);
    }
}
