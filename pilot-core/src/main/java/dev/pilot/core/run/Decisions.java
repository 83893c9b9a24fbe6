package dev.pilot.core.run;

import dev.pilot.api.access.Caller;
import dev.pilot.api.error.Conflict;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunError;
import dev.pilot.api.run.RunMove;
import dev.pilot.api.run.Verdict;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Json;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Limits;
import java.util.Objects;

/**
 * Decides approvals: the decision is written once, in the unit that finds it pending. What it does inside the store is done in the
 * same unit; a merge is done by {@link ReviewMerges} behind it, and again after a crash.
 */
final class Decisions {
    private final HubContext hub;
    private final RunTransitions transitions;
    private final ApprovalDesk approvals;
    private final ReviewMerges merges;
    private final RunBudgets budgets;
    private final GraphDesk graphs;

    Decisions(
            HubContext hub,
            RunTransitions transitions,
            ApprovalDesk approvals,
            ReviewMerges merges,
            RunBudgets budgets,
            GraphDesk graphs) {
        this.hub = hub;
        this.transitions = transitions;
        this.approvals = approvals;
        this.merges = merges;
        this.budgets = budgets;
        this.graphs = graphs;
    }

    Approval decide(ApprovalId id, Decision decision, Caller caller) {
        Decision clean = hub.redaction().clean(decision);
        check(clean);
        Approval decided = hub.store().write("approval.decide", unit -> decide(unit, id, clean, caller));
        return decided.effectAt() == null ? merges.merge(id) : decided;
    }

    private static void check(Decision decision) {
        InputCheck check = new InputCheck();
        check.text("comment", decision.comment(), Limits.TEXT);
        check.json("payload", decision.payload());
        if (decision.verdict() == Verdict.EDIT && decision.payload() == null) {
            check.problem("payload", "is required where the verdict is edit");
        }
        if (decision.verdict() != Verdict.EDIT && decision.payload() != null) {
            check.problem("payload", "is only for the verdict edit");
        }
        if (decision.again() && decision.verdict() != Verdict.REJECT) {
            check.problem("again", "is only for the verdict reject");
        }
        check.done();
    }

    private Approval decide(StoreUnit unit, ApprovalId id, Decision decision, Caller caller) {
        Approval pending = unit.approvals().get(id);
        if (pending.status() != ApprovalStatus.PENDING) {
            throw new Conflict(
                    "already-decided",
                    "Approval " + id + " is " + pending.status().wire()
                            + (pending.decidedBy() == null ? "" : " by " + pending.decidedBy()) + ".",
                    "approval",
                    id.value(),
                    pending.updatedAt(),
                    pending);
        }
        Approval decided = approvals.update(
                unit,
                pending,
                approval -> approval.status(status(decision.verdict()))
                        .edited(decision.payload())
                        .comment(decision.comment())
                        .decidedBy(caller.name())
                        .decidedAt(unit.now()));
        if (take(unit, decided, decision, caller)) {
            decided = approvals.update(unit, decided, approval -> approval.effectAt(unit.now()));
        }
        return decided;
    }

    /** Takes the effect, as far as the store goes; false where there is a merge to be done. */
    private boolean take(StoreUnit unit, Approval decided, Decision decision, Caller caller) {
        if (decided.runId() == null) {
            if (decided.subject().type().equals("graph-run")) {
                graphs.decided(unit, decided, decision.verdict(), caller);
            }
            return true;
        }
        Run run = unit.runs().get(decided.runId());
        boolean yes = decision.verdict() != Verdict.REJECT;
        Json.Obj why = Json.object(
                        "by", caller.name(), "approvalId", decided.id().value())
                .merge(decision.comment() == null ? Json.object() : Json.object("comment", decision.comment()));
        switch (decided.kind()) {
            case START -> transitions.move(unit, run, yes ? RunMove.APPROVE : RunMove.DECLINE, same -> same, why);
            case REVIEW -> {
                if (yes && ReviewMerges.isNeeded(run)) {
                    RunTransitions.check(run, RunMove.SUCCEED);
                    return false;
                } else if (yes) {
                    transitions.move(unit, run, RunMove.SUCCEED, same -> same, why);
                } else {
                    sendBack(unit, run, decision, why);
                }
            }
            case BUDGET -> {
                if (yes) {
                    Run extended = budgets.extend(unit, run, decided);
                    transitions.move(unit, extended, RunMove.RESUME, same -> same, why);
                } else {
                    transitions.move(
                            unit,
                            run,
                            RunMove.FAIL,
                            same -> same.error(new RunError("budget-exceeded", "The budget was not extended.")),
                            why);
                }
            }
            case TOOL, PUBLISH, QUESTION, ACTION -> transitions.move(unit, run, RunMove.RESUME, same -> same, why);
        }
        return true;
    }

    private void sendBack(StoreUnit unit, Run run, Decision decision, Json.Obj why) {
        String comment = Objects.requireNonNullElse(decision.comment(), "");
        if (decision.again()) {
            Finishing.refuseExternal(run, "send it back");
            if (run.taskId() != null
                    && unit.runs().activeOf(run.taskId()).stream()
                            .anyMatch(other -> !other.id().equals(run.id()))) {
                throw new NotAllowed("task-has-run", "The task has another run that is not over.");
            }
            transitions.move(unit, run, RunMove.RETURN, same -> same.feedback(comment), why);
        } else {
            RunError error =
                    new RunError("rejected", comment.isEmpty() ? "The reviewer rejected the result." : comment);
            transitions.move(unit, run, RunMove.FAIL, same -> same.error(error), why);
        }
    }

    private static ApprovalStatus status(Verdict verdict) {
        return switch (verdict) {
            case APPROVE -> ApprovalStatus.APPROVED;
            case REJECT -> ApprovalStatus.REJECTED;
            case EDIT -> ApprovalStatus.EDITED;
        };
    }
}
