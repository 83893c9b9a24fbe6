package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.EventId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.value.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened. Append-only.
 *
 * @param position its place in the hub's total order, from 1, growing; not dense
 * @param id its id
 * @param at when, by the hub's clock
 * @param subject what it is about
 * @param runId the run it belongs to, or null
 * @param projectId the project it belongs to, or null
 * @param type what kind of event, such as {@code status}, {@code log} or {@code note}
 * @param level how much it matters
 * @param title in a few words
 * @param message in full
 * @param data for programs
 */
public record Event(
        long position,
        EventId id,
        Instant at,
        Subject subject,
        @Nullable RunId runId,
        @Nullable ProjectId projectId,
        String type,
        Level level,
        String title,
        String message,
        Json.Obj data) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public Event {
        InvalidInput.required(id, "id");
        InvalidInput.required(at, "at");
        InvalidInput.required(subject, "subject");
        type = type == null ? "note" : type;
        level = level == null ? Level.INFO : level;
        title = title == null ? "" : title;
        message = message == null ? "" : message;
        data = data == null ? Json.Obj.EMPTY : data;
    }
}
