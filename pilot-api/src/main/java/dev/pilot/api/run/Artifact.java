package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.value.Json;
import java.time.Instant;

/**
 * A file that a run left. Its bytes are on disk, redacted.
 *
 * @param id its id
 * @param runId the run
 * @param attempt the attempt that left it
 * @param kind what it is
 * @param name its file name
 * @param contentType its media type
 * @param size its size in bytes
 * @param sha256 the hash of its bytes, in hex
 * @param data about it, such as a diff's counts
 * @param createdAt when it was left
 */
public record Artifact(
        ArtifactId id,
        RunId runId,
        int attempt,
        ArtifactKind kind,
        String name,
        String contentType,
        long size,
        String sha256,
        Json.Obj data,
        Instant createdAt) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public Artifact {
        InvalidInput.required(id, "id");
        InvalidInput.required(runId, "runId");
        InvalidInput.required(kind, "kind");
        InvalidInput.required(name, "name");
        InvalidInput.required(contentType, "contentType");
        InvalidInput.required(sha256, "sha256");
        data = data == null ? Json.Obj.EMPTY : data;
        InvalidInput.required(createdAt, "createdAt");
    }
}
