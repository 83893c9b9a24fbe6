package dev.pilot.http.run;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.GrantId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Approvals;
import dev.pilot.api.run.GrantFilter;
import dev.pilot.http.call.Answer;
import dev.pilot.http.call.Call;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.route.ApprovalRoutes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Approvals. */
public final class ApprovalOperations {
    private ApprovalOperations() {}

    /**
     * Adds the area's operations.
     *
     * @param to takes them
     */
    public static void add(Operations to) {
        to.answer(ApprovalRoutes.INBOX, call -> call.pilot().approvals().inbox(filter(call, null), call.page()));
        to.answer(
                ApprovalRoutes.LIST,
                call -> call.pilot()
                        .approvals()
                        .list(filter(call, call.named("status", ApprovalStatus.class)), call.page()));
        to.serve(ApprovalRoutes.GET, ApprovalOperations::get);
        to.answer(
                ApprovalRoutes.DECIDE, call -> call.pilot().approvals().decide(call.id(ApprovalId::new), call.body()));
        to.list(
                ApprovalRoutes.DECIDE_ALL,
                call -> call.pilot().approvals().decideAll(call.body().decisions()));
        to.answer(
                ApprovalRoutes.GRANTS,
                call -> call.pilot()
                        .approvals()
                        .grants(
                                GrantFilter.builder()
                                        .runId(call.id("runId", RunId::new))
                                        .agentId(call.id("agentId", AgentId::new))
                                        .projectId(call.id("projectId", ProjectId::new))
                                        .tool(call.text("tool"))
                                        .build(),
                                call.page()));
        to.done(ApprovalRoutes.REVOKE, call -> call.pilot().approvals().revoke(call.id(GrantId::new)));
    }

    private static Answer get(Call<Void> call) {
        ApprovalId id = call.id(ApprovalId::new);
        Duration wait = Duration.ofMillis(call.number("waitMs", 0));
        if (wait.isZero()) {
            return Operations.ok(call.pilot().approvals().get(id));
        }
        Approvals approvals = call.pilot().approvals();
        return new Answer.Later<>(
                approvals.await(id, wait), Operations::ok, Operations.ok(approvals.get(id)), late -> {});
    }

    private static ApprovalFilter filter(Call<?> call, @Nullable ApprovalStatus status) {
        return ApprovalFilter.builder()
                .status(status)
                .kind(call.named("kind", ApprovalKind.class))
                .runId(call.id("runId", RunId::new))
                .projectId(call.id("projectId", ProjectId::new))
                .build();
    }
}
