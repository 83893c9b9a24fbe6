package dev.pilot.core.run;

import dev.pilot.api.access.Caller;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.ItemResult;
import dev.pilot.core.access.Permission;
import dev.pilot.core.system.HubContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What somebody does with the runs that it holds, for one caller: nothing, unless the lease is the run's. */
final class Holding {
    /** So many runs may one call be about. */
    static final int MOST = 500;

    private final HubContext hub;
    private final Caller caller;

    Holding(HubContext hub, Caller caller) {
        this.hub = hub;
        this.caller = caller;
    }

    /** What is done with a run. */
    interface Held<T> {
        T with(StoreUnit unit, Run run);
    }

    /** Whoever reports runs of its own may do so for an outside agent's only; for a worker's, one must be a worker. */
    void require(WorkerId holder) {
        (holder.equals(RunCreation.EXTERNAL) ? Permission.REPORT : Permission.WORK).require(caller);
    }

    /** Does something with a run, if the worker holds it; an outside agent's silence is broken by it. */
    <T> T held(String name, Lease lease, Held<T> work) {
        require(lease.workerId());
        return hub.store().write(name, unit -> {
            Run run = RunLookup.held(unit, lease);
            if (lease.workerId().equals(RunCreation.EXTERNAL)) {
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
