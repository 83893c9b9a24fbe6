package dev.pilot.core.run;

import dev.pilot.api.access.Caller;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.GrantId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Approvals;
import dev.pilot.api.run.DecideApproval;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.GrantFilter;
import dev.pilot.api.run.InboxItem;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.ToolGrant;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.access.Permission;
import dev.pilot.core.access.Reach;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Journal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@link Approvals} over the store, for one caller. */
final class ApprovalUseCases implements Approvals {
    private final HubContext hub;
    private final RunParts parts;
    private final Journal journal;
    private final Caller caller;
    private final Reach reach;

    ApprovalUseCases(HubContext hub, RunParts parts, Journal journal, Caller caller) {
        this.hub = hub;
        this.parts = parts;
        this.journal = journal;
        this.caller = caller;
        this.reach = Reach.of(caller);
    }

    @Override
    public Page<Approval> list(ApprovalFilter filter, PageRequest page) {
        Permission.SEE_APPROVALS.require(caller);
        return hub.store().read(view -> reach.in(view).approvals().list(filter, page));
    }

    @Override
    public Approval get(ApprovalId id) {
        Permission.SEE_APPROVALS.require(caller);
        return hub.store().read(view -> reach.in(view).approvals().get(id));
    }

    @Override
    public CompletionStage<Approval> await(ApprovalId id, Duration atMost) {
        try {
            Permission.SEE_APPROVALS.require(caller);
            return parts.waits()
                    .await(id, reach, Holding.shorter(atMost, hub.config().maxClaimWait()));
        } catch (PilotException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public Page<InboxItem> inbox(ApprovalFilter filter, PageRequest page) {
        Permission.SEE_APPROVALS.require(caller);
        ApprovalFilter pending =
                filter.toBuilder().status(ApprovalStatus.PENDING).build();
        return hub.store().read(view -> {
            Page<Approval> approvals = reach.in(view).approvals().list(pending, page);
            Inbox inbox = new Inbox(view);
            return new Page<>(approvals.items().stream().map(inbox::item).toList(), approvals.next());
        });
    }

    @Override
    public List<ItemResult<Approval>> decideAll(List<DecideApproval> decisions) {
        Permission.DECIDE.require(caller);
        return Holding.each("decisions", decisions, one -> decide(one.id(), one.decision()));
    }

    @Override
    public Page<ToolGrant> grants(GrantFilter filter, PageRequest page) {
        Permission.SEE_APPROVALS.require(caller);
        return hub.store().read(view -> reach.in(view).grants().list(filter, page));
    }

    @Override
    public void revoke(GrantId id) {
        Permission.DECIDE.require(caller);
        hub.store().write("grant.revoke", unit -> {
            ToolGrant grant = reach.in(unit).grants().find(id).orElseThrow(() -> new NotFound("grant", id.value()));
            unit.grants().delete(id);
            journal.deleted(unit, new Subject("grant", id.value()), grant.projectId(), grant.tool());
            return true;
        });
    }

    @Override
    public Approval decide(ApprovalId id, Decision decision) {
        Permission.DECIDE.require(caller);
        Approval decided = parts.decisions().decide(id, decision, caller);
        return decided;
    }
}
