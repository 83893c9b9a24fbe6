package dev.pilot.wire.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.run.DecideApproval;
import java.util.List;

/**
 * The body of several decisions.
 *
 * @param decisions the decisions, each made by itself
 */
public record Decisions(List<DecideApproval> decisions) {
    /**
     * Copies the decisions.
     *
     * @throws InvalidInput if they are absent
     */
    public Decisions {
        decisions = List.copyOf(InvalidInput.required(decisions, "decisions"));
    }
}
