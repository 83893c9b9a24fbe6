package dev.pilot.store.jdbi.run;

import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.WorkerInfo;
import dev.pilot.api.store.WorkerRecords;
import dev.pilot.store.jdbi.Body;
import dev.pilot.store.jdbi.Micros;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code worker}. */
public final class WorkerTable implements WorkerRecords {
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
    public List<WorkerInfo> list(int limit) {
        return handle.createQuery("""
                        select first_seen, last_seen, body,
                          (select count(*) from run where lease_expires_at is not null and lease_worker = worker.id) as running
                        from worker order by last_seen desc, id limit :limit
                        """)
                .bind("limit", limit)
                .map((row, context) -> {
                    WorkerInfo worker = Body.read(row, WorkerInfo.class);
                    return new WorkerInfo(
                            worker.id(),
                            worker.host(),
                            worker.labels(),
                            worker.runners(),
                            worker.slots(),
                            row.getInt("running"),
                            Micros.instant(row.getLong("first_seen")),
                            Micros.instant(row.getLong("last_seen")));
                })
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
}
