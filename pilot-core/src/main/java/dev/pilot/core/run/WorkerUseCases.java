package dev.pilot.core.run;

import dev.pilot.api.access.Caller;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.WorkerInfo;
import dev.pilot.api.run.Workers;
import dev.pilot.api.value.Json;
import dev.pilot.core.access.Permission;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Journal;
import java.util.List;

/** {@link Workers} over the store, for one caller. */
final class WorkerUseCases implements Workers {
    private static final int MOST = 500;

    private final HubContext hub;
    private final Journal journal;
    private final Caller caller;

    WorkerUseCases(HubContext hub, Journal journal, Caller caller) {
        this.hub = hub;
        this.journal = journal;
        this.caller = caller;
    }

    @Override
    public List<WorkerInfo> list() {
        Permission.SEE_WORKERS.require(caller);
        return hub.store().read(view -> view.workers().list(MOST));
    }

    @Override
    public WorkerInfo drain(WorkerId id) {
        return drain(id, true);
    }

    @Override
    public WorkerInfo resume(WorkerId id) {
        return drain(id, false);
    }

    private WorkerInfo drain(WorkerId id, boolean drain) {
        Permission.STEER_WORKERS.require(caller);
        return hub.store().write("worker.drain", unit -> {
            WorkerInfo before = unit.workers().get(id);
            if (before.draining() == drain) {
                return before;
            }
            unit.workers().drain(id, drain);
            journal.write(
                    unit,
                    journal.build(
                                    new Subject("worker", id.value()),
                                    null,
                                    null,
                                    "worker",
                                    drain ? "drains" : "resumes",
                                    Json.object("draining", drain, "by", caller.name()))
                            .build());
            return unit.workers().get(id);
        });
    }
}
