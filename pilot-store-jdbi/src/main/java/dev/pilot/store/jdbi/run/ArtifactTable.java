package dev.pilot.store.jdbi.run;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.store.ArtifactRecords;
import dev.pilot.store.jdbi.Body;
import dev.pilot.store.jdbi.Micros;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code artifact}. */
public final class ArtifactTable implements ArtifactRecords {
    private final Handle handle;

    /**
     * Makes it.
     *
     * @param handle the connection
     */
    public ArtifactTable(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Optional<Artifact> find(ArtifactId id) {
        return handle.createQuery("select body from artifact where id = :id")
                .bind("id", id.value())
                .map(Body.mapper(Artifact.class))
                .findOne();
    }

    @Override
    public List<Artifact> of(RunId runId) {
        return handle.createQuery("select body from artifact where run_id = :run order by created_at, id")
                .bind("run", runId.value())
                .map(Body.mapper(Artifact.class))
                .list();
    }

    @Override
    public void create(Artifact artifact) {
        int created = handle.createUpdate("""
                        insert into artifact (id, run_id, created_at, body)
                        values (:id, :run, :createdAt, :body)
                        on conflict (id) do nothing
                        """)
                .bind("id", artifact.id().value())
                .bind("run", artifact.runId().value())
                .bind("createdAt", Micros.of(artifact.createdAt()))
                .bind("body", Body.of(artifact))
                .execute();
        if (created == 0) {
            throw new AlreadyExists(
                    "artifact", artifact.id().value(), "There is an artifact " + artifact.id() + " already.");
        }
    }
}
