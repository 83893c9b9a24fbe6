package dev.pilot.store.jdbi.run;

import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.WorkerInfo;
import dev.pilot.api.store.WorkerRecords;
import dev.pilot.store.jdbi.Body;
import dev.pilot.store.jdbi.Micros;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table {@code worker}. */
public final class WorkerTable implements WorkerRecords {
    private static final String SELECT = """
            select first_seen, last_seen, draining, body,
              (select count(*) from run where lease_expires_at is not null and lease_worker = worker.id) as running
            from worker\
            """;

    private static final RowMapper<WorkerInfo> WORKER = (row, context) -> {
        WorkerInfo worker = Body.read(row, WorkerInfo.class);
        return new WorkerInfo(
                worker.id(),
                worker.caller(),
                worker.host(),
                worker.labels(),
                worker.runners(),
                worker.slots(),
                row.getInt("draining") != 0,
                row.getInt("running"),
                Micros.instant(row.getLong("first_seen")),
                Micros.instant(row.getLong("last_seen")));
    };

    private final Handle handle;

    /**
     * Makes it.
     *
     * @param handle the connection
     */
    public WorkerTable(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Optional<WorkerInfo> find(WorkerId id) {
        return handle.createQuery(SELECT + " where id = :id")
                .bind("id", id.value())
                .map(WORKER)
                .findOne();
    }

    @Override
    public List<WorkerInfo> list(int limit) {
        return handle.createQuery(SELECT + " order by last_seen desc, id limit :limit")
                .bind("limit", limit)
                .map(WORKER)
                .list();
    }

    @Override
    public void seen(WorkerInfo worker) {
        handle.createUpdate("""
                        insert into worker (id, first_seen, last_seen, body) values (:id, :firstSeen, :lastSeen, :body)
                        on conflict (id) do update set last_seen = excluded.last_seen, body = excluded.body
                        """)
                .bind("id", worker.id().value())
                .bind("firstSeen", Micros.of(worker.firstSeen()))
                .bind("lastSeen", Micros.of(worker.lastSeen()))
                .bind("body", Body.of(worker))
                .execute();
    }

    @Override
    public void heard(WorkerId id, Instant at) {
        handle.createUpdate("update worker set last_seen = :at where id = :id")
                .bind("id", id.value())
                .bind("at", Micros.of(at))
                .execute();
    }

    @Override
    public Set<WorkerId> draining() {
        return handle.createQuery("select id from worker where draining = 1")
                .map((row, context) -> new WorkerId(row.getString("id")))
                .collect(Collectors.toSet());
    }

    @Override
    public boolean drain(WorkerId id, boolean drain) {
        return handle.createUpdate("update worker set draining = :draining where id = :id")
                        .bind("id", id.value())
                        .bind("draining", drain ? 1 : 0)
                        .execute()
                > 0;
    }
}
