package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ActionId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.Event;
import org.jspecify.annotations.Nullable;

/**
 * What an action did.
 *
 * @param id the action
 * @param changed whether anything changed; false for a value that was there already
 * @param replayed whether the same action was applied before; then {@code event} is the first one's
 * @param project the project now
 * @param event the event with what was before and after; that of the proposal where it is one
 * @param proposal the approval that it waits for, where the caller may only propose; else null
 */
public record ActionOutcome(
        ActionId id,
        boolean changed,
        boolean replayed,
        Project project,
        Event event,
        @Nullable Approval proposal) {
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
