package dev.pilot.core.audit;

import dev.pilot.api.access.Audit;
import dev.pilot.api.access.AuditEvent;
import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.access.AuditFormat;
import dev.pilot.api.access.AuditReceipt;
import dev.pilot.api.access.AuditReport;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.NewAuditEvent;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.access.Permission;
import dev.pilot.core.system.AuditTrail;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Limits;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;

/** {@link Audit} over the store, for one caller. */
final class AuditUseCases implements Audit {
    private final HubContext hub;
    private final Caller caller;
    private final Supplier<AuditReport> verification;

    AuditUseCases(HubContext hub, Caller caller, Supplier<AuditReport> verification) {
        this.hub = hub;
        this.caller = caller;
        this.verification = verification;
    }

    @Override
    public List<ItemResult<AuditReceipt>> ingest(List<NewAuditEvent> events) {
        Permission.RECORD_AUDIT.require(caller);
        return new AuditIntake(hub, caller).take(events);
    }

    @Override
    public Page<AuditEvent> list(AuditFilter filter, PageRequest page) {
        look(filter);
        return hub.store().read(view -> view.audit().list(filter, page));
    }

    @Override
    public InputStream export(AuditFilter filter, AuditFormat format) {
        look(filter);
        return new AuditExport(
                request -> hub.store().read(view -> view.audit().list(filter, request)), AuditText.of(format));
    }

    @Override
    public AuditReport verify() {
        Permission.CHECK_AUDIT.require(caller);
        return verification.get();
    }

    private void look(AuditFilter filter) {
        Permission.SEE_AUDIT.require(caller);
        InputCheck check = new InputCheck();
        check.text("who", filter.who(), Limits.NAME);
        check.text("host", filter.host(), Limits.NAME);
        check.text("target", filter.target(), AuditTrail.TARGET);
        check.done();
        if (caller.projects().isEmpty()) {
            return;
        }
        if (filter.projectId() == null) {
            throw new Forbidden(
                    "project-bound", caller.name() + " is bound to projects: filter by projectId, with one of them.");
        }
        if (!caller.sees(filter.projectId())) {
            throw new NotFound("project", filter.projectId().value());
        }
    }
}
