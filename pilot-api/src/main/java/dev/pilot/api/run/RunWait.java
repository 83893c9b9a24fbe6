package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.RunId;
import java.util.List;

/**
 * Why a run is not being claimed. Nothing else keeps it: where the list is empty, the next worker that asks gets it.
 *
 * @param runId the run
 * @param state its state
 * @param reasons what it waits for, what must happen first before the others
 */
public record RunWait(RunId runId, RunState state, List<WaitReason> reasons) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if run or state is absent
     */
    public RunWait {
        InvalidInput.required(runId, "runId");
        InvalidInput.required(state, "state");
        reasons = reasons == null ? List.of() : List.copyOf(reasons);
    }
}
