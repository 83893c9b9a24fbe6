package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.value.Json;

/**
 * A file to keep with a run.
 *
 * @param kind what it is
 * @param name its file name, without a path
 * @param contentType its media type
 * @param data about it
 */
public record NewArtifact(ArtifactKind kind, String name, String contentType, Json.Obj data) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public NewArtifact {
        InvalidInput.required(kind, "kind");
        InvalidInput.required(name, "name");
        contentType = contentType == null ? "application/octet-stream" : contentType;
        data = data == null ? Json.Obj.EMPTY : data;
    }
}
