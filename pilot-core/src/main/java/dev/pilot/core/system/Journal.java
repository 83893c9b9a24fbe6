package dev.pilot.core.system;

import dev.pilot.api.id.EventId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the hub's own events, in the unit of the change that they tell of. */
public final class Journal {
    /** Events that the hub writes once for something have ids that begin so and are made of what it is; nobody else can take them. */
    public static final String OWN = "hub_";

    private final Ids ids;

    /**
     * Makes one.
     *
     * @param ids makes the events' ids
     */
    public Journal(Ids ids) {
        this.ids = ids;
    }

    /**
     * The id of an event that is written once, however often it is asked for.
     *
     * @param kind what kind of event, a word
     * @param name what it is of, different from all others of its kind
     * @return always the same for the same
     */
    public static EventId once(String kind, String name) {
        return new EventId(OWN + kind + "_" + Fingerprint.sha256(name.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Whether only the hub gives an id.
     *
     * @param id the id of an event
     * @return whether it is one of those that {@link #once} makes
     */
    public static boolean isOwn(String id) {
        return id.startsWith(OWN);
    }

    /**
     * Tells that an entity was created.
     *
     * @param unit the unit of the change
     * @param subject the entity
     * @param projectId its project, or null
     * @param title its name
     */
    public void created(StoreUnit unit, Subject subject, @Nullable ProjectId projectId, String title) {
        write(unit, event(subject, projectId, null, "created", title, Json.object()));
    }

    /**
     * Tells that an entity was changed.
     *
     * @param unit the unit of the change
     * @param subject the entity
     * @param projectId its project, or null
     * @param fields the names of the fields that changed
     */
    public void updated(StoreUnit unit, Subject subject, @Nullable ProjectId projectId, List<String> fields) {
        write(unit, event(subject, projectId, null, "updated", String.join(", ", fields), Changes.data(fields)));
    }

    /**
     * Tells that an entity was deleted.
     *
     * @param unit the unit of the change
     * @param subject the entity
     * @param projectId its project, or null
     * @param title its name
     */
    public void deleted(StoreUnit unit, Subject subject, @Nullable ProjectId projectId, String title) {
        write(unit, event(subject, projectId, null, "deleted", title, Json.object()));
    }

    /**
     * Makes an event.
     *
     * @param subject what it is about
     * @param projectId the project, or null
     * @param runId the run, or null
     * @param type what kind of event
     * @param title in a few words
     * @param data for programs
     * @return a builder with an id
     */
    public NewEvent.Builder build(
            Subject subject,
            @Nullable ProjectId projectId,
            @Nullable RunId runId,
            String type,
            String title,
            Json.Obj data) {
        return NewEvent.builder(subject)
                .id(new EventId(ids.next("evt")))
                .projectId(projectId)
                .runId(runId)
                .type(type)
                .level(Level.INFO)
                .title(title)
                .data(data);
    }

    /**
     * Writes an event.
     *
     * @param unit the unit of the change
     * @param event the event, with an id
     */
    public void write(StoreUnit unit, NewEvent event) {
        unit.events().append(List.of(event));
    }

    /**
     * Writes events.
     *
     * @param unit the unit of the changes
     * @param events the events, each with an id
     */
    public void write(StoreUnit unit, List<NewEvent> events) {
        unit.events().append(events);
    }

    private NewEvent event(
            Subject subject,
            @Nullable ProjectId projectId,
            @Nullable RunId runId,
            String type,
            String title,
            Json.Obj data) {
        return build(subject, projectId, runId, type, title, data).build();
    }
}
