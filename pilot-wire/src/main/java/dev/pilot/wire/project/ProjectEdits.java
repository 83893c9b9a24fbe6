package dev.pilot.wire.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.project.ProjectEdit;
import java.util.List;

/**
 * The body of a batch of project patches.
 *
 * @param edits the patches, each done by itself
 */
public record ProjectEdits(List<ProjectEdit> edits) {
    /**
     * Copies the edits.
     *
     * @throws InvalidInput if they are absent
     */
    public ProjectEdits {
        edits = List.copyOf(InvalidInput.required(edits, "edits"));
    }
}
