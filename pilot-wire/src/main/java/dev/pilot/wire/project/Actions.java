package dev.pilot.wire.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.project.ApplyAction;
import java.util.List;

/**
 * The body of a batch of semantic actions.
 *
 * @param actions the actions, each done by itself and in order
 */
public record Actions(List<ApplyAction> actions) {
    /**
     * Copies the actions.
     *
     * @throws InvalidInput if they are absent
     */
    public Actions {
        actions = List.copyOf(InvalidInput.required(actions, "actions"));
    }
}
