package dev.pilot.wire.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ProjectId;
import java.util.List;

/**
 * The body of a reorder.
 *
 * @param ids the projects in their new order
 */
public record ProjectOrder(List<ProjectId> ids) {
    /**
     * Copies the ids.
     *
     * @throws InvalidInput if they are absent
     */
    public ProjectOrder {
        ids = List.copyOf(InvalidInput.required(ids, "ids"));
    }
}
