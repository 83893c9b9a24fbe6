package dev.pilot.core.run;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunState;
import dev.pilot.core.system.HubContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is recorded and what is real back together, at start-up and regularly: leases that have expired, decisions whose effect was
 * cut short, hints that were lost.
 */
final class Sweeper {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final int BATCH = 100;

    private final HubContext hub;
    private final RunParts parts;
    private final Finishing finishing;
    private final ClaimDesk claims;
    private final EventFeed feed;
    private final GraphSweep graphs;

    Sweeper(HubContext hub, RunParts parts, ClaimDesk claims, EventFeed feed, GraphSweep graphs) {
        this.hub = hub;
        this.parts = parts;
        this.finishing = new Finishing(parts);
        this.claims = claims;
        this.feed = feed;
        this.graphs = graphs;
    }

    void sweep() {
        try {
            expireLeases();
            giveUpStalled();
            stopOvertime();
            stopOverBudget();
            takeEffects();
            expireApprovals();
            graphs.sweep();
            claims.wake();
            feed.wakeAll();
        } catch (RuntimeException failure) {
            // The next sweep tries again; a timer that is thrown at would never run again.
            LOG.warn("Sweeping failed: {}", failure.getMessage(), failure);
        }
    }

    private void expireLeases() {
        if (hub.store().read(view -> view.runs().expired(view.now(), 1)).isEmpty()) {
            return;
        }
        List<Run> lost = hub.store()
                .write(
                        "run.expire",
                        unit -> unit.runs().expired(unit.now(), BATCH).stream()
                                .map(run -> finishing.lost(unit, run))
                                .toList());
        for (Run run : lost) {
            LOG.warn(
                    "Run {} lost its worker in attempt {} and is {} now.",
                    run.id(),
                    run.attempt(),
                    run.state().wire());
        }
    }

    private void giveUpStalled() {
        if (hub.store().read(view -> view.runs().stalled(view.now(), 1)).isEmpty()) {
            return;
        }
        List<Run> stalled = hub.store()
                .write(
                        "run.stalled",
                        unit -> unit.runs().stalled(unit.now(), BATCH).stream()
                                .map(run -> finishing.stalled(unit, run))
                                .toList());
        for (Run run : stalled) {
            LOG.warn(
                    "Run {} stalled in attempt {} and is {} now.",
                    run.id(),
                    run.attempt(),
                    run.state().wire());
        }
    }

    private void expireApprovals() {
        if (hub.store().read(view -> view.approvals().overdue(view.now(), 1)).isEmpty()) {
            return;
        }
        List<Approval> expired = hub.store()
                .write(
                        "approval.expire",
                        unit -> unit.approvals().overdue(unit.now(), BATCH).stream()
                                .map(approval -> parts.decisions().expire(unit, approval))
                                .toList());
        expired.forEach(approval -> LOG.warn("Nobody decided in time: {} ({}).", approval.title(), approval.id()));
    }

    private void stopOvertime() {
        if (hub.store().read(view -> view.runs().overtime(view.now(), 1)).isEmpty()) {
            return;
        }
        List<Run> stopped = hub.store()
                .write(
                        "run.overtime",
                        unit -> unit.runs().overtime(unit.now(), BATCH).stream()
                                .map(run -> parts.budgets().timed(unit, run))
                                .filter(run -> run.state() != RunState.RUNNING)
                                .toList());
        for (Run run : stopped) {
            LOG.warn(
                    "Run {} used up its wall time in attempt {} and is {} now.",
                    run.id(),
                    run.attempt(),
                    run.state().wire());
        }
    }

    private void stopOverBudget() {
        if (hub.store().read(RunBudgets::isOver)) {
            hub.store().write("run.overBudget", unit -> {
                parts.budgets().scopes(unit);
                return null;
            });
        }
    }

    private void takeEffects() {
        List<Approval> open = hub.store().read(view -> view.approvals().withoutEffect(BATCH));
        for (Approval approval : open) {
            try {
                parts.merges().merge(approval.id());
            } catch (PilotException waits) {
                LOG.warn("The decision on {} could not take effect: {}", approval.id(), waits.getMessage());
            } catch (RuntimeException failure) {
                LOG.error("The decision on {} could not take effect.", approval.id(), failure);
            }
        }
    }
}
