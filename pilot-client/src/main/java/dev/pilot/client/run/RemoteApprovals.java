package dev.pilot.client.run;

import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.Approvals;
import dev.pilot.api.run.Decision;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.Request;
import dev.pilot.wire.route.ApprovalRoutes;

/** {@link Approvals} of a hub elsewhere. */
public final class RemoteApprovals implements Approvals {
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
    public Approval decide(ApprovalId id, Decision decision) {
        return connection.call(Request.to(ApprovalRoutes.DECIDE, decision, id).patience(RemoteRuns.LONGEST_MERGE));
    }
}
