package dev.pilot.http.run;

import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.http.call.Call;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.route.ApprovalRoutes;
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
        to.answer(
                ApprovalRoutes.INBOX,
                call -> call.pilot().approvals().list(filter(call, ApprovalStatus.PENDING), call.page()));
        to.answer(
                ApprovalRoutes.LIST,
                call -> call.pilot()
                        .approvals()
                        .list(filter(call, call.named("status", ApprovalStatus.class)), call.page()));
        to.answer(ApprovalRoutes.GET, call -> call.pilot().approvals().get(call.id(ApprovalId::new)));
        to.answer(
                ApprovalRoutes.DECIDE, call -> call.pilot().approvals().decide(call.id(ApprovalId::new), call.body()));
    }

    private static ApprovalFilter filter(Call<?> call, @Nullable ApprovalStatus status) {
        return new ApprovalFilter(
                status,
                call.named("kind", ApprovalKind.class),
                call.id("runId", RunId::new),
                call.id("projectId", ProjectId::new));
    }
}
