package dev.pilot.core.event;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.EventId;
import dev.pilot.api.run.NewEvent;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Journal;
import dev.pilot.core.system.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Takes events from outside: checks, redacts and names them. Written for speed, since this is what is called most. */
public final class EventInput {
    private final SecretRedactor redactor;
    private final HubContext hub;

    /**
     * Makes one.
     *
     * @param hub what it stands on
     */
    public EventInput(HubContext hub) {
        this.hub = hub;
        this.redactor = hub.redactor();
    }

    /**
     * Takes a set of events.
     *
     * @param events the events, as they came
     * @return the same, without secrets and each with an id
     * @throws InvalidInput if one of them is not as it must be, or there are none, or too many
     */
    public List<NewEvent> accept(List<NewEvent> events) {
        if (events.isEmpty() || events.size() > Limits.EVENTS) {
            throw InvalidInput.of("events", "must have 1 to " + Limits.EVENTS + " entries, but has " + events.size());
        }
        InputCheck check = new InputCheck();
        List<NewEvent> accepted = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            NewEvent event = Objects.requireNonNull(events.get(i), "event");
            check(check, i, event);
            if (check.isFine()) {
                accepted.add(clean(event));
            }
        }
        check.done();
        return accepted;
    }

    private static void check(InputCheck check, int index, NewEvent event) {
        if (!isWord(event.type(), 64, "._-")) {
            check.problem(path(index, "type"), "must be a lower-case word of at most 64 of a-z 0-9 . _ -");
        }
        if (!isWord(event.subject().type(), 32, "-")) {
            check.problem(path(index, "subject.type"), "must be a lower-case word of at most 32 of a-z 0-9 -");
        }
        if (event.subject().id().isBlank() || event.subject().id().length() > 128) {
            check.problem(path(index, "subject.id"), "must have 1 to 128 characters");
        }
        if (event.title().length() > Limits.EVENT_TITLE || event.title().indexOf('\0') >= 0) {
            check.problem(
                    path(index, "title"), "may have " + Limits.EVENT_TITLE + " characters at most, none of them NUL");
        }
        if (event.message().length() > Limits.TEXT || event.message().indexOf('\0') >= 0) {
            check.problem(path(index, "message"), "may have " + Limits.TEXT + " characters at most, none of them NUL");
        }
        if (event.id() != null && Journal.isOwn(event.id().value())) {
            check.problem(path(index, "id"), "must not begin with " + Journal.OWN + ", which the hub gives by itself");
        }
        if (!event.data().members().isEmpty()) {
            check.json(path(index, "data"), event.data());
        }
    }

    private NewEvent clean(NewEvent event) {
        return new NewEvent(
                event.subject(),
                event.runId(),
                event.projectId(),
                event.type(),
                event.level(),
                redactor.redact(event.title()),
                redactor.redact(event.message()),
                redactor.redact(event.data()),
                event.id() != null ? event.id() : new EventId(hub.ids().next("evt")));
    }

    private static String path(int index, String field) {
        return "events[" + index + "]." + field;
    }

    private static boolean isWord(String text, int longest, String also) {
        if (text.isEmpty() || text.length() > longest || text.charAt(0) < 'a' || text.charAt(0) > 'z') {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || also.indexOf(c) >= 0)) {
                return false;
            }
        }
        return true;
    }
}
