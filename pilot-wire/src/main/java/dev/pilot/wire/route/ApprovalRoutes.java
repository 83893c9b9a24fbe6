package dev.pilot.wire.route;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.InboxItem;
import dev.pilot.api.run.ToolGrant;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Page;
import dev.pilot.wire.WireType;
import dev.pilot.wire.run.Decisions;

/** The routes of approvals. */
public final class ApprovalRoutes {
    /** {@code GET /api/inbox}. */
    public static final Route<Void, Page<InboxItem>> INBOX =
            filtered(Route.get("/api/inbox", "Lists the decisions that wait for a person, and what they are about.")
                    .answers(WireType.pageOf(InboxItem.class)));

    /** {@code GET /api/approvals}. */
    public static final Route<Void, Page<Approval>> LIST = filtered(Route.get("/api/approvals", "Lists approvals.")
            .answers(WireType.pageOf(Approval.class))
            .query("status", ApprovalStatus.class, "Only those that are this far."));

    /** {@code GET /api/approvals/{id}}. */
    public static final Route<Void, Approval> GET = Route.get(
                    "/api/approvals/{id}", "Gets an approval; may wait until it is decided.")
            .answers(Approval.class)
            .query("waitMs", Long.class, "How long to wait for the decision, in milliseconds.");

    /** {@code POST /api/approvals/{id}/decision}. */
    public static final Route<Decision, Approval> DECIDE = Route.post("/api/approvals/{id}/decision", "Decides, once.")
            .takes(Decision.class)
            .answers(Approval.class);

    /** {@code POST /api/approvals/decisions}. */
    public static final Route<Decisions, Page<ItemResult<Approval>>> DECIDE_ALL = Route.post(
                    "/api/approvals/decisions", "Decides several, each by itself.")
            .takes(Decisions.class)
            .answers(WireType.resultsOf(Approval.class));

    /** {@code GET /api/grants}. */
    public static final Route<Void, Page<ToolGrant>> GRANTS = Route.get(
                    "/api/grants", "Lists the tools that may be used without asking again, newest first.")
            .answers(WireType.pageOf(ToolGrant.class))
            .query("runId", RunId.class, "Only those that hold for this run alone.")
            .query("agentId", AgentId.class, "Only those that hold for this agent.")
            .query("projectId", ProjectId.class, "Only those of this project.")
            .query("tool", String.class, "Only those of this tool.")
            .paged();

    /** {@code DELETE /api/grants/{id}}. */
    public static final Route<Void, Void> REVOKE =
            Route.of("DELETE", "/api/grants/{id}", "Takes a grant back: the tool is asked for again.");

    private ApprovalRoutes() {}

    private static <B, A> Route<B, A> filtered(Route<B, A> route) {
        return route.query("kind", ApprovalKind.class, "Only those of this kind.")
                .query("runId", RunId.class, "Only those of this run.")
                .query("projectId", ProjectId.class, "Only those of this project.")
                .paged();
    }
}
