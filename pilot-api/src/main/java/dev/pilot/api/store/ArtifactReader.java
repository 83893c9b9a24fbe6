package dev.pilot.api.store;

import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Artifact;
import java.util.List;
import java.util.Optional;

/** Reads artifacts. */
public interface ArtifactReader {
    /**
     * Finds one.
     *
     * @param id its id
     * @return the artifact, if there is one
     */
    Optional<Artifact> find(ArtifactId id);

    /**
     * Gets one.
     *
     * @param id its id
     * @return the artifact
     * @throws NotFound if there is none
     */
    default Artifact get(ArtifactId id) {
        return find(id).orElseThrow(() -> new NotFound("artifact", id.value()));
    }

    /**
     * The artifacts of a run, oldest first.
     *
     * @param runId the run
     * @return the artifacts
     */
    List<Artifact> of(RunId runId);
}
