package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.value.Json;

/**
 * What a worker asks before it goes on.
 *
 * @param kind what is to be decided
 * @param title the question in a few words
 * @param risk what a wrong decision could cost
 * @param payload what exactly is to be approved
 */
public record NewApproval(ApprovalKind kind, String title, Risk risk, Json.Obj payload) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public NewApproval {
        InvalidInput.required(kind, "kind");
        InvalidInput.required(title, "title");
        risk = risk == null ? Risk.MEDIUM : risk;
        payload = payload == null ? Json.Obj.EMPTY : payload;
    }
}
