package dev.pilot.store.jdbi.run;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.store.ArtifactRecords;
import dev.pilot.store.jdbi.Body;
import dev.pilot.store.jdbi.Bounds;
import dev.pilot.store.jdbi.Micros;
import dev.pilot.store.jdbi.Query;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code artifact}. */
public final class ArtifactTable implements ArtifactRecords {
    private static final String OF_RUN =
            "exists (select 1 from run where run.id = artifact.run_id and run.project_id in (<projects>))";

    private final Handle handle;
    private final Bounds bounds;

    /**
     * Makes it.
     *
     * @param handle the connection
     * @param bounds the projects that are there
     */
    public ArtifactTable(Handle handle, Bounds bounds) {
        this.handle = handle;
        this.bounds = bounds;
    }

    @Override
    public Optional<Artifact> find(ArtifactId id) {
        return new Query("select body from artifact")
                        .where("id = :id", "id", id.value())
                        .through(OF_RUN, bounds)
                        .list(handle, "limit :limit", 1, Body.mapper(Artifact.class))
                        .stream()
                        .findFirst();
    }

    @Override
    public List<Artifact> of(RunId runId) {
        return new Query("select body from artifact")
                .where("run_id = :run", "run", runId.value())
                .through(OF_RUN, bounds)
                .list(handle, "order by created_at, id limit :limit", Integer.MAX_VALUE, Body.mapper(Artifact.class));
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
