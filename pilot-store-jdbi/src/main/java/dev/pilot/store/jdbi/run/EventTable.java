package dev.pilot.store.jdbi.run;

import dev.pilot.api.id.EventId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.EventRecords;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Named;
import dev.pilot.store.jdbi.Bounds;
import dev.pilot.store.jdbi.Dialect;
import dev.pilot.store.jdbi.Micros;
import dev.pilot.store.jdbi.Query;
import dev.pilot.store.jdbi.RowStatement;
import dev.pilot.wire.WireCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** The table {@code event}. It is what is written most, so a batch of any length is one statement. */
public final class EventTable implements EventRecords {
    /** What inserts an event, for whoever measures how fast that can be. */
    public static final RowStatement INSERT = RowStatement.insert(
            "event",
            "id",
            "position bigint, id text, at bigint, subject_type text, subject_id text, run_id text, project_id text, type text,"
                    + " level text, title text, message text, data text");

    private static final String SELECT = """
            select position, id, at, subject_type, subject_id, run_id, project_id, type, level, title, message, data from event\
            """;

    private static final RowMapper<Event> EVENT = (row, context) -> {
        String runId = row.getString(6);
        String projectId = row.getString(7);
        return new Event(
                row.getLong(1),
                new EventId(row.getString(2)),
                Micros.instant(row.getLong(3)),
                new Subject(row.getString(4), row.getString(5)),
                runId == null ? null : new RunId(runId),
                projectId == null ? null : new ProjectId(projectId),
                row.getString(8),
                Named.parse(Level.class, row.getString(9), "level"),
                row.getString(10),
                row.getString(11),
                data(row.getString(12)));
    };

    private final Handle handle;
    private final Bounds bounds;
    private final Dialect dialect;
    private final Supplier<Instant> now;

    /**
     * Makes it.
     *
     * @param handle the connection
     * @param bounds the projects that are there
     * @param dialect gives positions
     * @param now tells when what is appended happened
     */
    public EventTable(Handle handle, Bounds bounds, Dialect dialect, Supplier<Instant> now) {
        this.handle = handle;
        this.bounds = bounds;
        this.dialect = dialect;
        this.now = now;
    }

    private static Json.Obj data(String text) {
        return text.equals("{}") ? Json.object() : (Json.Obj) WireCodec.parse(text);
    }

    @Override
    public List<Event> after(long position, EventFilter filter, int limit) {
        Subject subject = filter.subject();
        return new Query(SELECT)
                .where("subject_id = :subjectId", "subjectId", subject == null ? null : subject.id())
                .where("subject_type = :subjectType", "subjectType", subject == null ? null : subject.type())
                .where("run_id = :run", "run", Query.text(filter.runId()))
                .within("project_id", bounds.only(filter.projectId()), subject, filter.runId())
                .where("type = :type", "type", filter.type())
                .where("position > :position", "position", position)
                .list(handle, "order by position limit :limit", limit, EVENT);
    }

    @Override
    public Optional<Event> find(EventId id) {
        return handle.createQuery(SELECT + " where id = :id")
                .bind("id", id.value())
                .map(EVENT)
                .findOne()
                .filter(found -> bounds.has(found.projectId()));
    }

    @Override
    public long last() {
        List<String> projects = bounds.projects();
        if (projects == null) {
            return edge("select max(position) from event");
        }
        // For each project by itself, which its index answers at once.
        return projects.stream()
                .mapToLong(project -> handle.createQuery("select max(position) from event where project_id = :project")
                        .bind("project", project)
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L))
                .max()
                .orElse(0);
    }

    @Override
    public long oldest() {
        return edge("select min(position) from event");
    }

    private long edge(String select) {
        return handle.createQuery(select).mapTo(Long.class).findOne().orElse(0L);
    }

    @Override
    public Appended append(List<NewEvent> events) {
        List<Created<EventId>> answers = new ArrayList<>(events.size());
        for (boolean isNew : insert(events)) {
            answers.add(new Created<>(id(events.get(answers.size())), isNew));
        }
        return new Appended(answers);
    }

    /**
     * Inserts events.
     *
     * @param events the events, each with an id
     * @return for each, whether it is new
     */
    public boolean[] insert(List<NewEvent> events) {
        if (events.isEmpty()) {
            return new boolean[0];
        }
        long position = dialect.positions(handle, events.size());
        long at = Micros.of(now.get());
        List<@Nullable Object[]> rows = new ArrayList<>(events.size());
        for (NewEvent event : events) {
            rows.add(new @Nullable Object[] {
                position++,
                id(event).value(),
                at,
                event.subject().type(),
                event.subject().id(),
                Query.text(event.runId()),
                Query.text(event.projectId()),
                event.type(),
                event.level().wire(),
                event.title(),
                event.message(),
                event.data().toString()
            });
        }
        return dialect.write(INSERT, rows);
    }

    private static EventId id(NewEvent event) {
        return Objects.requireNonNull(event.id(), "an event has its id before it reaches the store");
    }
}
