package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ActionId;
import dev.pilot.api.run.Event;

/**
 * What an action did.
 *
 * @param id the action
 * @param changed whether anything changed; false for a value that was there already
 * @param replayed whether the same action was applied before; then {@code event} is the first one's
 * @param project the project now
 * @param event the event with what was before and after
 */
public record ActionOutcome(ActionId id, boolean changed, boolean replayed, Project project, Event event) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public ActionOutcome {
        InvalidInput.required(id, "id");
        InvalidInput.required(project, "project");
        InvalidInput.required(event, "event");
    }
}
