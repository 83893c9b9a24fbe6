package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.value.Json;

/**
 * One thing that a run waits for.
 *
 * @param kind what it is
 * @param message the same in a sentence, with what to do about it
 * @param data for programs, such as the tasks or the quota's numbers
 */
public record WaitReason(WaitKind kind, String message, Json.Obj data) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if kind or message is absent
     */
    public WaitReason {
        InvalidInput.required(kind, "kind");
        InvalidInput.required(message, "message");
        data = data == null ? Json.object() : data;
    }
}
