package dev.pilot.core.run;

import dev.pilot.api.access.Caller;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.Approvals;
import dev.pilot.api.run.Decision;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.access.Permission;
import dev.pilot.core.system.HubContext;

/** {@link Approvals} over the store, for one caller. */
final class ApprovalUseCases implements Approvals {
    private final HubContext hub;
    private final RunParts parts;
    private final Caller caller;

    ApprovalUseCases(HubContext hub, RunParts parts, Caller caller) {
        this.hub = hub;
        this.parts = parts;
        this.caller = caller;
    }

    @Override
    public Page<Approval> list(ApprovalFilter filter, PageRequest page) {
        Permission.READ.require(caller);
        return hub.store().read(view -> view.approvals().list(filter, page));
    }

    @Override
    public Approval get(ApprovalId id) {
        Permission.READ.require(caller);
        return hub.store().read(view -> view.approvals().get(id));
    }

    @Override
    public Approval decide(ApprovalId id, Decision decision) {
        Permission.DECIDE.require(caller);
        Approval decided = parts.decisions().decide(id, decision, caller);
        return decided;
    }
}
