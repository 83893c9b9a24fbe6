package dev.pilot.core.run;

import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Json;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Journal;
import dev.pilot.core.system.Versions;
import java.util.function.UnaryOperator;

/** Writes approvals and the events that tell of them. */
final class ApprovalDesk {
    private final HubContext hub;
    private final Journal journal;

    ApprovalDesk(HubContext hub, Journal journal) {
        this.hub = hub;
        this.journal = journal;
    }

    Approval open(StoreUnit unit, Run run, ApprovalKind kind, Risk risk, String title, Json.Obj payload) {
        return create(
                unit,
                Approval.builder()
                        .subject(Subject.run(run.id()))
                        .runId(run.id())
                        .projectId(run.projectId())
                        .attempt(run.attempt()),
                kind,
                risk,
                title,
                payload);
    }

    /** One that no single run waits for. */
    Approval open(
            StoreUnit unit,
            Subject subject,
            ProjectId projectId,
            ApprovalKind kind,
            Risk risk,
            String title,
            Json.Obj payload) {
        return create(unit, Approval.builder().subject(subject).projectId(projectId), kind, risk, title, payload);
    }

    private Approval create(
            StoreUnit unit, Approval.Builder about, ApprovalKind kind, Risk risk, String title, Json.Obj payload) {
        Approval approval = about.id(new ApprovalId(hub.ids().next("apr")))
                .kind(kind)
                .risk(risk)
                .title(title)
                .payload(payload)
                .status(ApprovalStatus.PENDING)
                .createdAt(unit.now())
                .updatedAt(unit.now())
                .build();
        unit.approvals().create(approval);
        tell(unit, approval);
        return approval;
    }

    /** A new state of an approval, which its event tells. */
    Approval update(StoreUnit unit, Approval before, UnaryOperator<Approval.Builder> change) {
        Approval after = change.apply(before.toBuilder())
                .updatedAt(Versions.next(unit, before.updatedAt()))
                .build();
        unit.approvals().update(after, before.updatedAt());
        if (after.status() != before.status()) {
            tell(unit, after);
        }
        return after;
    }

    /** There is nothing left to decide. */
    void expire(StoreUnit unit, Run run) {
        for (Approval pending : unit.approvals().pendingOf(run.id())) {
            update(
                    unit,
                    pending,
                    approval -> approval.status(ApprovalStatus.EXPIRED).effectAt(unit.now()));
        }
    }

    /** The same of one that may have been decided already. */
    void expire(StoreUnit unit, ApprovalId id) {
        Approval approval = unit.approvals().get(id);
        if (approval.status() == ApprovalStatus.PENDING) {
            Approval unused = update(
                    unit,
                    approval,
                    pending -> pending.status(ApprovalStatus.EXPIRED).effectAt(unit.now()));
        }
    }

    private void tell(StoreUnit unit, Approval approval) {
        journal.write(
                unit,
                journal.build(
                                approval.subject(),
                                approval.projectId(),
                                approval.runId(),
                                "approval",
                                approval.kind().wire() + " " + approval.status().wire(),
                                Json.object(
                                        "approvalId", approval.id().value(),
                                        "kind", approval.kind(),
                                        "status", approval.status(),
                                        "decidedBy", approval.decidedBy()))
                        .message(approval.title())
                        .build());
    }
}
