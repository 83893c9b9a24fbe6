package dev.pilot.core.run;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunState;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.core.event.EventFeed;
import dev.pilot.core.queue.ClaimDesk;
import dev.pilot.core.system.HubContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
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
    private final Runnable also;

    /** @param also is done with the rest, before waiting workers look again */
    Sweeper(HubContext hub, RunParts parts, ClaimDesk claims, EventFeed feed, Runnable also) {
        this.hub = hub;
        this.parts = parts;
        this.finishing = new Finishing(parts);
        this.claims = claims;
        this.feed = feed;
        this.also = also;
    }

    /** Each step by itself: one that can't be done keeps no other from being done. */
    void sweep() {
        step(this::expireLeases);
        step(this::giveUpStalled);
        step(this::stopOvertime);
        step(this::stopOverBudget);
        step(this::takeEffects);
        step(this::expireApprovals);
        step(also);
        step(claims::wake);
        step(feed::wakeAll);
    }

    private static void step(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            // The next sweep tries again; a timer that is thrown at would never run again.
            LOG.warn("Sweeping failed: {}", failure.getMessage(), failure);
        }
    }

    /** Finds what is due, in a view or unit. */
    private interface Due<T> {
        List<T> find(StoreView view, int limit);
    }

    /** Does what is due in one unit of work; if that fails, each by itself, so that only the one at fault is left. */
    private <T> List<T> dueNow(String name, Due<T> due, BiFunction<StoreUnit, T, T> work) {
        if (hub.store().read(view -> due.find(view, 1)).isEmpty()) {
            return List.of();
        }
        try {
            return hub.store()
                    .write(
                            name,
                            unit -> due.find(unit, BATCH).stream()
                                    .map(one -> work.apply(unit, one))
                                    .toList());
        } catch (RuntimeException failure) {
            LOG.warn("{} failed for {} at once; each is tried by itself: {}", name, BATCH, failure.getMessage());
        }
        List<T> done = new ArrayList<>();
        for (T one : hub.store().read(view -> due.find(view, BATCH))) {
            step(() -> done.addAll(hub.store()
                    .write(
                            name,
                            unit -> due.find(unit, BATCH).stream()
                                    .filter(one::equals)
                                    .map(same -> work.apply(unit, same))
                                    .toList())));
        }
        return done;
    }

    private void expireLeases() {
        for (Run run : dueNow("run.expire", (view, limit) -> view.runs().expired(view.now(), limit), finishing::lost)) {
            LOG.warn(
                    "Run {} lost its worker in attempt {} and is {} now.",
                    run.id(),
                    run.attempt(),
                    run.state().wire());
        }
    }

    private void giveUpStalled() {
        for (Run run :
                dueNow("run.stalled", (view, limit) -> view.runs().stalled(view.now(), limit), finishing::stalled)) {
            LOG.warn(
                    "Run {} stalled in attempt {} and is {} now.",
                    run.id(),
                    run.attempt(),
                    run.state().wire());
        }
    }

    private void expireApprovals() {
        List<Approval> expired = dueNow(
                "approval.expire",
                (view, limit) -> view.approvals().overdue(view.now(), limit),
                (unit, approval) -> parts.decisions().expire(unit, approval));
        expired.forEach(approval -> LOG.warn("Nobody decided in time: {} ({}).", approval.title(), approval.id()));
    }

    private void stopOvertime() {
        List<Run> looked = dueNow(
                "run.overtime",
                (view, limit) -> view.runs().overtime(view.now(), limit),
                (unit, run) -> parts.budgets().timed(unit, run));
        for (Run run : looked) {
            if (run.state() != RunState.RUNNING) {
                LOG.warn(
                        "Run {} used up its wall time in attempt {} and is {} now.",
                        run.id(),
                        run.attempt(),
                        run.state().wire());
            }
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
