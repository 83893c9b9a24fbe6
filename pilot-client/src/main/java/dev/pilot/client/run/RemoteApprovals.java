package dev.pilot.client.run;

import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.GrantId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.Approvals;
import dev.pilot.api.run.DecideApproval;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.GrantFilter;
import dev.pilot.api.run.InboxItem;
import dev.pilot.api.run.ToolGrant;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.Request;
import dev.pilot.wire.route.ApprovalRoutes;
import dev.pilot.wire.run.Decisions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@link Approvals} of a hub elsewhere. */
public final class RemoteApprovals implements Approvals {
    /** What an answer may take beyond the time that a call waits anyway. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Connection connection;

    /**
     * Makes it.
     *
     * @param connection to the hub
     */
    public RemoteApprovals(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Page<Approval> list(ApprovalFilter filter, PageRequest page) {
        return connection.call(Request.to(ApprovalRoutes.LIST)
                .query("status", filter.status())
                .query("kind", filter.kind())
                .query("runId", filter.runId())
                .query("projectId", filter.projectId())
                .page(page));
    }

    @Override
    public Approval get(ApprovalId id) {
        return connection.call(Request.to(ApprovalRoutes.GET, id));
    }

    @Override
    public CompletionStage<Approval> await(ApprovalId id, Duration atMost) {
        return connection.later(Request.to(ApprovalRoutes.GET, id)
                .query("waitMs", Math.max(0, atMost.toMillis()))
                .repeatable()
                .patience(atMost.plus(GRACE)));
    }

    @Override
    public Page<InboxItem> inbox(ApprovalFilter filter, PageRequest page) {
        return connection.call(Request.to(ApprovalRoutes.INBOX)
                .query("kind", filter.kind())
                .query("runId", filter.runId())
                .query("projectId", filter.projectId())
                .page(page));
    }

    @Override
    public List<ItemResult<Approval>> decideAll(List<DecideApproval> decisions) {
        return connection
                .call(Request.to(ApprovalRoutes.DECIDE_ALL, new Decisions(decisions))
                        .patience(RemoteRuns.LONGEST_MERGE))
                .items();
    }

    @Override
    public Page<ToolGrant> grants(GrantFilter filter, PageRequest page) {
        return connection.call(Request.to(ApprovalRoutes.GRANTS)
                .query("runId", filter.runId())
                .query("agentId", filter.agentId())
                .query("projectId", filter.projectId())
                .query("tool", filter.tool())
                .page(page));
    }

    @Override
    public void revoke(GrantId id) {
        connection.run(Request.to(ApprovalRoutes.REVOKE, id));
    }

    @Override
    public Approval decide(ApprovalId id, Decision decision) {
        return connection.call(Request.to(ApprovalRoutes.DECIDE, decision, id).patience(RemoteRuns.LONGEST_MERGE));
    }
}
