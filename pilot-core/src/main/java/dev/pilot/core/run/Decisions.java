package dev.pilot.core.run;

import dev.pilot.api.access.AuditDecision;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.AuditOperation;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.NewAuditEvent;
import dev.pilot.api.error.Conflict;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunError;
import dev.pilot.api.run.RunMove;
import dev.pilot.api.run.Verdict;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Json;
import dev.pilot.core.access.Reach;
import dev.pilot.core.approval.ApprovalDesk;
import dev.pilot.core.approval.DecisionEffect;
import dev.pilot.core.system.AuditTrail;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Limits;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides approvals: the decision is written once, in the unit that finds it pending. What it does inside the store is done in the
 * same unit; a merge is done by {@link ReviewMerges} behind it, and again after a crash.
 */
final class Decisions {
    private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);

    private final HubContext hub;
    private final RunTransitions transitions;
    private final ApprovalDesk approvals;
    private final ReviewMerges merges;
    private final RunBudgets budgets;
    private final ToolUse tools;
    private final DecisionEffect effects;

    Decisions(
            HubContext hub,
            RunTransitions transitions,
            ApprovalDesk approvals,
            ReviewMerges merges,
            RunBudgets budgets,
            ToolUse tools,
            DecisionEffect effects) {
        this.hub = hub;
        this.transitions = transitions;
        this.approvals = approvals;
        this.merges = merges;
        this.budgets = budgets;
        this.tools = tools;
        this.effects = effects;
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
        if (decision.grant() != null && decision.verdict() == Verdict.REJECT) {
            check.problem("grant", "is only for what is approved");
        }
        if (decision.grant() != null && decision.grant().uses() != null) {
            check.range("grant.uses", decision.grant().uses(), 1, Integer.MAX_VALUE);
        }
        if (decision.grant() != null && decision.grant().expiresIn() != null) {
            Duration holds = decision.grant().expiresIn();
            if (holds.isNegative() || holds.isZero()) {
                check.problem("grant.expiresIn", "must be more than nothing");
            }
        }
        if (decision.again() && decision.verdict() != Verdict.REJECT) {
            check.problem("again", "is only for the verdict reject");
        }
        check.done();
    }

    private Approval decide(StoreUnit unit, ApprovalId id, Decision decision, Caller caller) {
        Approval pending = Reach.of(caller).in(unit).approvals().get(id);
        refuse(pending, decision, caller);
        Approval decided = approvals.update(
                unit,
                pending,
                approval -> approval.status(status(decision.verdict()))
                        .edited(decision.payload())
                        .comment(decision.comment())
                        .decidedBy(caller.name())
                        .decidedAt(unit.now()));
        audit(unit, decided, caller.name());
        return take(unit, decided, decision, caller.name(), Reach.of(caller)) ? inEffect(unit, decided) : decided;
    }

    private void audit(StoreUnit unit, Approval decided, String who) {
        boolean yes = decided.status() == ApprovalStatus.APPROVED || decided.status() == ApprovalStatus.EDITED;
        AuditDecision decision = yes ? AuditDecision.ALLOWED : AuditDecision.DENIED;
        hub.audit()
                .record(
                        unit,
                        who,
                        NewAuditEvent.builder(
                                        AuditKind.APPROVAL,
                                        AuditOperation.DECIDE,
                                        decided.id().value(),
                                        decision)
                                .runId(decided.runId())
                                .projectId(decided.projectId())
                                .reason(Objects.requireNonNullElse(decided.comment(), ""))
                                .data(Json.object(
                                        "kind", decided.kind(),
                                        "status", decided.status(),
                                        "subject", decided.subject().id(),
                                        "title", decided.title(),
                                        "hash", decided.hash()))
                                .build());
    }

    private Approval inEffect(StoreUnit unit, Approval decided) {
        return approvals.update(unit, decided, approval -> approval.effectAt(unit.now()));
    }

    private void refuse(Approval pending, Decision decision, Caller caller) {
        if (pending.status() != ApprovalStatus.PENDING) {
            throw conflict(
                    "already-decided",
                    "Approval " + pending.id() + " is " + pending.status().wire()
                            + (pending.decidedBy() == null ? "" : " by " + pending.decidedBy()) + ".",
                    pending);
        }
        boolean asItIs = pending.kind() == ApprovalKind.START || pending.kind() == ApprovalKind.REVIEW;
        if (decision.verdict() == Verdict.EDIT && asItIs) {
            throw InvalidInput.of(
                    "verdict",
                    "can't be edit for a " + pending.kind().wire() + ": reject it, and ask for what it should be");
        }
        if (decision.hash() != null && !decision.hash().equals(pending.hash())) {
            throw conflict(
                    "payload-changed",
                    "Approval " + pending.id() + " is of something else by now: look at it again.",
                    pending);
        }
        if (hub.config().fourEyes() && caller.name().equals(pending.askedBy())) {
            throw new Forbidden(
                    "own-approval",
                    "Whoever asks does not decide here (approval.four.eyes): somebody else than " + caller.name()
                            + " has to.");
        }
    }

    private static Conflict conflict(String code, String message, Approval approval) {
        return new Conflict(code, message, "approval", approval.id().value(), approval.updatedAt(), approval);
    }

    /**
     * Nobody has decided in time, which is a no. One that was decided meanwhile stays as it is.
     *
     * @return the approval after it
     */
    Approval expire(StoreUnit unit, Approval overdue) {
        // One that expired before it may have ended what this one is of.
        Approval current = unit.approvals().get(overdue.id());
        if (current.status() != ApprovalStatus.PENDING) {
            return current;
        }
        Approval expired = approvals.update(unit, current, approval -> approval.status(ApprovalStatus.EXPIRED));
        audit(unit, expired, AuditTrail.HUB);
        try {
            boolean unused = take(unit, expired, Decision.reject("Nobody decided in time."), null, Reach.ALL);
        } catch (NotAllowed pointless) {
            // Refused before anything was written: whatever waited has gone on without it, and there is nothing left to
            // decide.
            LOG.warn("Approval {} has expired without effect: {}", expired.id(), pointless.getMessage());
        }
        return inEffect(unit, expired);
    }

    /**
     * Takes the effect, as far as the store goes; false where there is a merge to be done.
     *
     * @param reach how far whoever decides sees, who is told what is in the way
     */
    private boolean take(StoreUnit unit, Approval decided, Decision decision, @Nullable String by, Reach reach) {
        boolean yes = decision.verdict() != Verdict.REJECT;
        if (decided.runId() == null) {
            effects.take(unit, decided, yes);
            return true;
        }
        Run run = unit.runs().get(decided.runId());
        Json.Obj why = Json.object("by", by, "approvalId", decided.id().value())
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
                    Run extended = budgets.extend(unit, run, decided, reach);
                    resume(unit, extended, why);
                } else {
                    budgets.end(unit, run, "The budget was not extended.", why);
                }
            }
            case TOOL -> {
                if (yes) {
                    tools.grant(unit, run, decided, decision.grant());
                }
                resume(unit, run, why);
            }
            case PUBLISH, QUESTION, ACTION -> resume(unit, run, why);
        }
        return true;
    }

    /** What it used while it waited counts, too. */
    private void resume(StoreUnit unit, Run run, Json.Obj why) {
        Run unused = budgets.enforce(unit, transitions.move(unit, run, RunMove.RESUME, same -> same, why));
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
