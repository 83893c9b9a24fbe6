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
import dev.pilot.store.jdbi.Dialect;
import dev.pilot.store.jdbi.Micros;
import dev.pilot.store.jdbi.Query;
import dev.pilot.wire.WireCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table {@code event}. It is what is written most, so a batch of any length is one statement. */
public final class EventTable implements EventRecords {
    /** What inserts an event, for whoever measures how fast that can be. */
    public static final String INSERT = """
            insert into event (position, id, at, subject_type, subject_id, run_id, project_id, type, level, title, message, data)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do nothing
            """;

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
    private final Dialect dialect;
    private final Supplier<Instant> now;

    /**
     * Makes it.
     *
     * @param handle the connection
     * @param dialect gives positions
     * @param now tells when what is appended happened
     */
    public EventTable(Handle handle, Dialect dialect, Supplier<Instant> now) {
        this.handle = handle;
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
                .where("project_id = :project", "project", Query.text(filter.projectId()))
                .where("type = :type", "type", filter.type())
                .where("position > :position", "position", position)
                .list(handle, "order by position limit :limit", limit, EVENT);
    }

    @Override
    public Optional<Event> find(EventId id) {
        return handle.createQuery(SELECT + " where id = :id")
                .bind("id", id.value())
                .map(EVENT)
                .findOne();
    }

    @Override
    public long last() {
        return edge("select max(position) from event");
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
        boolean[] isNew = new boolean[events.size()];
        if (events.isEmpty()) {
            return isNew;
        }
        long position = dialect.positions(handle, events.size());
        long at = Micros.of(now.get());
        PreparedBatch batch = handle.prepareBatch(INSERT);
        for (NewEvent event : events) {
            batch.bind(0, position++)
                    .bind(1, id(event).value())
                    .bind(2, at)
                    .bind(3, event.subject().type())
                    .bind(4, event.subject().id())
                    .bind(5, Query.text(event.runId()))
                    .bind(6, Query.text(event.projectId()))
                    .bind(7, event.type())
                    .bind(8, event.level().wire())
                    .bind(9, event.title())
                    .bind(10, event.message())
                    .bind(11, event.data().toString())
                    .add();
        }
        int[] counts = batch.execute();
        for (int i = 0; i < counts.length; i++) {
            isNew[i] = counts[i] != 0;
        }
        return isNew;
    }

    private static EventId id(NewEvent event) {
        return Objects.requireNonNull(event.id(), "an event has its id before it reaches the store");
    }
}
