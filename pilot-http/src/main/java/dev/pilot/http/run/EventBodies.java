package dev.pilot.http.run;

import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.value.Json;
import dev.pilot.http.call.OneOrMany;
import dev.pilot.http.call.PathField;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.run.NewEvents;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shapes in which events come: one, a list, or one in each line. */
final class EventBodies {
    private static final int AT_ONCE = 500;

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

    /**
     * Appends one event per line, some hundred at once, while the next ones are read. Lines before a bad one stay appended, so
     * that the sender may mend it and send all again, if they have ids.
     */
    Appended appendLines(InputStream stream, Function<List<NewEvent>, CompletionStage<Appended>> useCase)
            throws IOException {
        Lines lines = new Lines(stream, longestLine);
        List<Appended> answers = new ArrayList<>();
        @Nullable CompletionStage<Appended> pending = null;
        for (List<NewEvent> events = next(lines); !events.isEmpty(); events = next(lines)) {
            if (pending != null) {
                answers.add(outcome(pending));
            }
            pending = useCase.apply(events);
        }
        if (pending != null) {
            answers.add(outcome(pending));
        }
        return new Appended(
                answers.stream().flatMap(answer -> answer.events().stream()).toList());
    }

    private List<NewEvent> next(Lines lines) throws IOException {
        List<NewEvent> events = new ArrayList<>();
        while (events.size() < AT_ONCE) {
            byte[] line = lines.next();
            if (line == null) {
                break;
            }
            try {
                events.add(
                        runId == null
                                ? WireCodec.read(line, NewEvent.class)
                                : event(WireCodec.read(line, Json.Obj.class), runId));
            } catch (InvalidInput e) {
                throw new InvalidInput(
                        e.code(),
                        e.fields().stream()
                                .map(error -> new FieldError(
                                        "lines[" + lines.count() + "]." + error.field(), error.problem()))
                                .toList());
            }
        }
        return events;
    }

    private static Appended outcome(CompletionStage<Appended> pending) {
        try {
            return pending.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof PilotException known) {
                throw known;
            }
            throw e;
        }
    }
}
