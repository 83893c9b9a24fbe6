package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ArtifactId;
import org.jspecify.annotations.Nullable;

/**
 * An approval that waits, with what a person needs to decide it.
 *
 * @param approval the approval
 * @param concerns what it concerns: project, task and run, by their names
 * @param why why somebody has to decide
 * @param effect what yes and no will do
 * @param diff the artifact with the changes, where there are some
 * @param ageSeconds how long it has been waiting
 */
public record InboxItem(
        Approval approval,
        String concerns,
        String why,
        String effect,
        @Nullable ArtifactId diff,
        long ageSeconds) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public InboxItem {
        InvalidInput.required(approval, "approval");
        InvalidInput.required(concerns, "concerns");
        InvalidInput.required(why, "why");
        InvalidInput.required(effect, "effect");
    }
}
