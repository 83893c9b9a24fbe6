package dev.pilot.wire.route;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Decision;
import dev.pilot.api.value.Page;
import dev.pilot.wire.WireType;

/** The routes of approvals. */
public final class ApprovalRoutes {
    /** {@code GET /api/inbox}. */
    public static final Route<Void, Page<Approval>> INBOX =
            filtered(Route.get("/api/inbox", "Lists the decisions that wait for a person.")
                    .answers(WireType.pageOf(Approval.class)));

    /** {@code GET /api/approvals}. */
    public static final Route<Void, Page<Approval>> LIST = filtered(Route.get("/api/approvals", "Lists approvals.")
            .answers(WireType.pageOf(Approval.class))
            .query("status", ApprovalStatus.class, "Only those that are this far."));

    /** {@code GET /api/approvals/{id}}. */
    public static final Route<Void, Approval> GET =
            Route.get("/api/approvals/{id}", "Gets an approval.").answers(Approval.class);

    /** {@code POST /api/approvals/{id}/decision}. */
    public static final Route<Decision, Approval> DECIDE = Route.post("/api/approvals/{id}/decision", "Decides, once.")
            .takes(Decision.class)
            .answers(Approval.class);

    private ApprovalRoutes() {}

    private static <B, A> Route<B, A> filtered(Route<B, A> route) {
        return route.query("kind", ApprovalKind.class, "Only those of this kind.")
                .query("runId", RunId.class, "Only those of this run.")
                .query("projectId", ProjectId.class, "Only those of this project.")
                .paged();
    }
}
