package dev.pilot.core.run;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Scope;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.ItemResult;
import dev.pilot.core.access.Permission;
import dev.pilot.core.access.Reach;
import dev.pilot.core.queue.Presence;
import dev.pilot.core.system.HubContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What somebody does with the runs that it holds, for one caller: nothing, unless the lease is the run's. */
final class Holding {
    /** So many runs may one call be about. */
    static final int MOST = 500;

    private final HubContext hub;
    private final Presence presence;
    private final Caller caller;
    private final Reach reach;

    Holding(HubContext hub, Presence presence, Caller caller) {
        this.hub = hub;
        this.presence = presence;
        this.caller = caller;
        this.reach = Reach.of(caller);
    }

    /** What is done with a run. */
    interface Held<T> {
        T with(StoreUnit unit, Run run);
    }

    /** Whoever reports runs of its own may do so for an outside agent's only; for a worker's, one must be a worker. */
    void require(WorkerId holder) {
        (isExternal(holder) ? Permission.REPORT_WORK : Permission.CARRY_OUT_RUNS).require(caller);
    }

    /** Refuses whoever comes as somebody else's worker. */
    void requireOwn(StoreView view, WorkerId holder) {
        if (!isExternal(holder) && !presence.isOf(view, holder, caller)) {
            throw presence.refusal(holder, caller);
        }
    }

    /** The same, and that the run of a lease is one that the caller may report on; whether it is held is not looked at. */
    void require(Lease lease) {
        require(lease.workerId());
        if (isRestricted(lease)) {
            Run unused =
                    hub.store().read(view -> own(view, reach.in(view).runs().get(lease.runId()), lease));
        } else if (!isExternal(lease.workerId()) && !presence.isKnownAs(lease.workerId(), caller)) {
            hub.store().read(view -> {
                requireOwn(view, lease.workerId());
                return lease;
            });
        }
    }

    private static boolean isExternal(WorkerId holder) {
        return holder.equals(RunCreation.EXTERNAL);
    }

    /** A lease of outside work is no secret, so it is looked at who registered it; those who may cancel it may report on it, too. */
    private boolean isRestricted(Lease lease) {
        return reach.isBound() || isExternal(lease.workerId()) && !mayReportAll();
    }

    private boolean mayReportAll() {
        return caller.scopes().contains(Scope.ADMIN) || caller.scopes().contains(Scope.OPERATOR);
    }

    /** Some runs, without those that are out of reach. */
    Map<RunId, Run> all(StoreView view, List<RunId> ids) {
        return reach.in(view).runs().all(ids);
    }

    /**
     * Refuses a run that somebody else has registered, or holds.
     *
     * @throws Forbidden with code {@code not-your-run} or {@code not-your-worker}
     */
    Run own(StoreView view, Run run, Lease lease) {
        requireOwn(view, lease.workerId());
        if (isExternal(lease.workerId()) && !mayReportAll() && !caller.name().equals(run.createdBy())) {
            throw new Forbidden(
                    "not-your-run",
                    "Run " + run.id() + " was registered by somebody else: " + caller.name()
                            + " may report on its own only.");
        }
        return run;
    }

    /** Those leases whose runs the caller may report on. */
    Set<Lease> own(StoreView view, List<Lease> leases) {
        List<Lease> held = leases.stream()
                .filter(lease -> isExternal(lease.workerId()) || presence.isOf(view, lease.workerId(), caller))
                .toList();
        if (held.stream().noneMatch(this::isRestricted)) {
            return Set.copyOf(held);
        }
        Map<RunId, Run> runs = all(view, held.stream().map(Lease::runId).toList());
        return held.stream()
                .filter(lease -> runs.containsKey(lease.runId()))
                .filter(lease -> !isExternal(lease.workerId())
                        || mayReportAll()
                        || caller.name()
                                .equals(requireNonNull(runs.get(lease.runId())).createdBy()))
                .collect(Collectors.toSet());
    }

    /**
     * The run that a lease holds, as far as the caller may report on it.
     *
     * @throws dev.pilot.api.error.LeaseLost if it doesn't hold it any more
     */
    Run held(StoreView view, Lease lease) {
        return RunLookup.held(own(view, reach.in(view).runs().get(lease.runId()), lease), lease);
    }

    /** Does something with a run, if the worker holds it; an outside agent's silence is broken by it. */
    <T> T held(String name, Lease lease, Held<T> work) {
        require(lease.workerId());
        return hub.store().write(name, unit -> {
            Run run = held(unit, lease);
            if (isExternal(lease.workerId())) {
                unit.runs().renew(List.of(lease), unit.now().plus(hub.config().externalSilence()));
                run = RunLookup.held(unit, lease);
            }
            return work.with(unit, run);
        });
    }

    static <I, O> List<ItemResult<O>> each(String field, List<I> items, Function<I, O> work) {
        if (items.isEmpty() || items.size() > MOST) {
            throw InvalidInput.of(field, "must have 1 to " + MOST + " entries, but has " + items.size());
        }
        List<ItemResult<O>> results = new ArrayList<>();
        for (I item : items) {
            try {
                results.add(new ItemResult.Done<>(work.apply(item)));
            } catch (PilotException refused) {
                results.add(new ItemResult.Refused<>(refused));
            }
        }
        return results;
    }

    static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
