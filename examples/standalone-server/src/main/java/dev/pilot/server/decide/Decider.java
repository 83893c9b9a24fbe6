package dev.pilot.server.decide;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.DecideApproval;
import dev.pilot.api.run.Decision;
import dev.pilot.api.value.ItemResult;
import java.io.PrintWriter;
import java.util.List;

/** Decides some approvals alike, each by itself, and says what came of each. */
final class Decider {
    private Decider() {}

    /**
     * Decides.
     *
     * @return the exit code: 0 if all were decided
     */
    static int decide(Pilot pilot, List<String> ids, Decision decision, PrintWriter out, PrintWriter err) {
        List<Approval> approvals =
                ids.stream().map(id -> Waiting.find(pilot, id)).toList();
        // Of what is shown here and nothing else: if it has changed by now, the hub refuses.
        List<DecideApproval> decisions = approvals.stream()
                .map(approval -> new DecideApproval(
                        approval.id(),
                        decision.toBuilder().hash(approval.hash()).build()))
                .toList();
        List<ItemResult<Approval>> results = pilot.approvals().decideAll(decisions);
        int code = 0;
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i) instanceof ItemResult.Refused<Approval> refused) {
                PilotException error = refused.error();
                err.println("pilot: " + error.getMessage() + " (" + error.code() + ")");
                code = 1;
            } else {
                Approval decided = results.get(i).get();
                out.println(decided.id() + " is " + decided.status().wire() + ": " + decided.title());
            }
        }
        out.flush();
        err.flush();
        return code;
    }
}
