package dev.pilot.api.store;

import dev.pilot.api.run.Artifact;

/** Reads and writes artifacts. */
public interface ArtifactRecords extends ArtifactReader {
    /**
     * Inserts one.
     *
     * @param artifact the artifact
     * @throws dev.pilot.api.error.AlreadyExists if the id is taken
     */
    void create(Artifact artifact);
}
