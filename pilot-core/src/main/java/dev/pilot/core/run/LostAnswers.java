package dev.pilot.core.run;

import dev.pilot.api.id.RunId;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.Run;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.core.access.Reach;
import dev.pilot.core.system.HubContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back what workers were given in answers that got lost: they don't know of it, so nothing would happen before the lease expires.
 * A worker asks one claim after another, so what it doesn't have when it asks it will never hear of.
 */
final class LostAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(LostAnswers.class);
    /** So often it is nobody's fault; then it counts as a failure, since the run itself may be what can't be handed over. */
    private static final int FORGIVEN = 3;

    private final HubContext hub;
    private final RunParts parts;
    private final Finishing finishing;

    LostAnswers(HubContext hub, RunParts parts) {
        this.hub = hub;
        this.parts = parts;
        this.finishing = new Finishing(parts);
    }

    /** Puts what the worker holds without knowing back into the queue. */
    void takeBack(ClaimRequest request, Reach reach) {
        List<RunId> known = request.holding();
        if (known == null
                || hub.store()
                        .read(view -> unknown(view, request, reach, known))
                        .isEmpty()) {
            return;
        }
        List<Run> back = hub.store()
                .write(
                        "run.unheard",
                        unit -> unknown(unit, request, reach, known).stream()
                                .map(run -> takeBack(unit, run))
                                .toList());
        back.forEach(run -> LOG.warn(
                "Run {} attempt {} never reached worker {} and is {} now.",
                run.id(),
                run.attempt(),
                request.workerId(),
                run.state().wire()));
    }

    private Run takeBack(StoreUnit unit, Run run) {
        boolean forgiven = run.attempt() - run.failures() <= FORGIVEN;
        return forgiven ? Finishing.released(unit, parts, run) : finishing.lost(unit, run);
    }

    private static List<Run> unknown(StoreView view, ClaimRequest request, Reach reach, List<RunId> known) {
        return view.runs().heldBy(request.workerId()).stream()
                .filter(run -> reach.has(run.projectId()) && !known.contains(run.id()))
                .toList();
    }
}
