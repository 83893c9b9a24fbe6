package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ProjectId;

/**
 * One item of a batch.
 *
 * @param id which project
 * @param patch what to change
 */
public record ProjectEdit(ProjectId id, UpdateProject patch) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public ProjectEdit {
        InvalidInput.required(id, "id");
        InvalidInput.required(patch, "patch");
    }
}
