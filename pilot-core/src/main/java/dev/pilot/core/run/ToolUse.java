package dev.pilot.core.run;

import dev.pilot.api.access.AuditDecision;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.AuditOperation;
import dev.pilot.api.access.NewAuditEvent;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.GrantId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.GrantScope;
import dev.pilot.api.run.GrantTerms;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunMove;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.ToolAnswer;
import dev.pilot.api.run.ToolCall;
import dev.pilot.api.run.ToolGrant;
import dev.pilot.api.run.ToolVerdict;
import dev.pilot.api.run.Usage;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Json;
import dev.pilot.core.approval.ApprovalDesk;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Journal;
import dev.pilot.core.system.Versions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether a run may use a tool: by its allow-list, by what was granted, or by asking. Each use is counted, and each answer an event. */
final class ToolUse {
    private static final Usage ONE_CALL = new Usage(0, 0, 0, 0, 1, 0, 0, 0);

    private final HubContext hub;
    private final RunTransitions transitions;
    private final ApprovalDesk approvals;
    private final RunBudgets budgets;
    private final Journal journal;

    ToolUse(HubContext hub, RunTransitions transitions, ApprovalDesk approvals, RunBudgets budgets, Journal journal) {
        this.hub = hub;
        this.transitions = transitions;
        this.approvals = approvals;
        this.budgets = budgets;
        this.journal = journal;
    }

    /**
     * Asks for one use.
     *
     * @param call the use, without secrets
     * @param askedBy who asks
     */
    ToolAnswer ask(StoreUnit unit, Run run, ToolCall call, String askedBy) {
        switch (new ToolList(run.profile().tools()).fit(call.tool(), call.target())) {
            case UNKNOWN -> {
                return denied(
                        unit, run, call, "tool-unknown", call.tool() + " is not among the run's tools.", null, askedBy);
            }
            case ELSEWHERE -> {
                String message = call.tool() + " is not allowed on " + call.target() + ".";
                return denied(unit, run, call, "target-not-allowed", message, null, askedBy);
            }
            case LISTED -> {
                boolean asks = new ToolList(run.policy().askTools()).mayConcern(call.tool(), call.target());
                return asks ? granted(unit, run, call, askedBy) : allowed(unit, run, call, "allowed", null, askedBy);
            }
        }
        throw new IllegalStateException("a kind of fit that nobody has thought of");
    }

    private ToolAnswer granted(StoreUnit unit, Run run, ToolCall call, String askedBy) {
        Json.Obj payload = payload(call);
        String hash = ApprovalDesk.hash(ApprovalKind.TOOL, Subject.run(run.id()), payload);
        Optional<ToolGrant> grant = unit.grants().holding(run, call.tool(), useOf(payload), unit.now());
        if (grant.isPresent()) {
            ToolAnswer answer = allowed(unit, run, call, "granted", grant.get(), askedBy);
            if (answer.verdict() == ToolVerdict.ALLOWED) {
                spend(unit, grant.get());
            }
            return answer;
        }
        Approval before = unit.approvals().asked(run.id(), hash).orElse(null);
        if (before != null && before.status() == ApprovalStatus.PENDING) {
            return asked(before);
        }
        if (before != null && before.status() == ApprovalStatus.REJECTED) {
            String why = before.comment() == null ? "" : " " + before.comment();
            return denied(unit, run, call, "rejected", before.decidedBy() + " has rejected it." + why, before, askedBy);
        }
        Run blocked = transitions.move(
                unit,
                run,
                RunMove.INTERRUPT,
                same -> same,
                Json.object("kind", ApprovalKind.TOOL, "tool", call.tool()));
        String title = "Use " + call.tool() + (call.target() == null ? "" : " on " + call.target());
        Approval question = approvals.open(
                unit,
                blocked,
                new ApprovalDesk.Question(
                        ApprovalKind.TOOL, call.risk(), RunCreation.headline(title), payload, askedBy, null));
        return asked(question);
    }

    private static Json.Obj payload(ToolCall call) {
        return payload(call.tool(), call.target(), call.arguments());
    }

    private static Json.Obj payload(String tool, @Nullable String target, Json arguments) {
        return Json.object("tool", tool, "target", target, "arguments", arguments);
    }

    /** What a grant for the very same use is of, whichever run it is. */
    private static String useOf(Json.Obj payload) {
        return ApprovalDesk.hash(ApprovalKind.TOOL, new Subject("tool", "use"), payload);
    }

    private static ToolAnswer asked(Approval question) {
        return new ToolAnswer(
                ToolVerdict.ASKED,
                "approval-pending",
                "Somebody has to approve it: " + question.title() + ".",
                question);
    }

    private ToolAnswer allowed(
            StoreUnit unit, Run run, ToolCall call, String code, @Nullable ToolGrant grant, String askedBy) {
        if (run.state() == RunState.BLOCKED) {
            Optional<Approval> more = unit.approvals().pendingOf(run.id(), ApprovalKind.BUDGET);
            if (more.isPresent()) {
                return asked(more.get());
            }
        }
        if (run.state() != RunState.RUNNING) {
            throw new NotAllowed(
                    "run-waits", "Run " + run.id() + " is " + run.state().wire() + ": wait for the decision first.");
        }
        Run after = transitions.change(unit, run, same -> same.usage(run.usage().plus(ONE_CALL)));
        Run counted = budgets.used(unit, List.of(new RunBudgets.Used(run, after, ONE_CALL, false)))
                .get(0);
        if (counted.state() == RunState.BLOCKED) {
            // Its policy says that a person decides whether it may use more.
            return asked(unit.approvals()
                    .pendingOf(run.id(), ApprovalKind.BUDGET)
                    .orElseThrow(() -> new IllegalStateException("nothing is asked for run " + run.id())));
        }
        if (counted.state() != RunState.RUNNING) {
            return denied(unit, counted, call, "budget-exceeded", "The run's budget is used up.", null, askedBy);
        }
        tell(unit, run, call, ToolVerdict.ALLOWED, code, grant, askedBy);
        return new ToolAnswer(ToolVerdict.ALLOWED, code, "", null);
    }

    private ToolAnswer denied(
            StoreUnit unit,
            Run run,
            ToolCall call,
            String code,
            String message,
            @Nullable Approval approval,
            String askedBy) {
        tell(unit, run, call, ToolVerdict.DENIED, code, null, askedBy);
        return new ToolAnswer(ToolVerdict.DENIED, code, message, approval);
    }

    private void tell(
            StoreUnit unit,
            Run run,
            ToolCall call,
            ToolVerdict verdict,
            String code,
            @Nullable ToolGrant grant,
            String askedBy) {
        Json.Obj data = Json.object(
                "tool",
                call.tool(),
                "target",
                call.target(),
                "verdict",
                verdict,
                "code",
                code,
                "grantId",
                grant == null ? null : grant.id().value());
        journal.write(
                unit,
                journal.build(
                                Subject.run(run.id()),
                                run.projectId(),
                                run.id(),
                                "tool",
                                call.tool() + " " + verdict.wire(),
                                data)
                        .level(verdict == ToolVerdict.DENIED ? Level.WARN : Level.INFO)
                        .build());
        AuditDecision decision = verdict == ToolVerdict.DENIED ? AuditDecision.DENIED : AuditDecision.ALLOWED;
        String target = Objects.requireNonNullElse(call.target(), call.tool());
        hub.audit()
                .record(
                        unit,
                        askedBy,
                        NewAuditEvent.builder(AuditKind.TOOL, AuditOperation.EXEC, target, decision)
                                .runId(run.id())
                                .projectId(run.projectId())
                                .workerId(
                                        run.lease() == null ? null : run.lease().workerId())
                                .reason(code)
                                .data(Json.object("tool", call.tool()))
                                .build());
    }

    private static void spend(StoreUnit unit, ToolGrant grant) {
        if (grant.usesLeft() != null) {
            unit.grants()
                    .update(
                            grant.toBuilder()
                                    .usesLeft(grant.usesLeft() - 1)
                                    .updatedAt(Versions.next(unit, grant.updatedAt()))
                                    .build(),
                            grant.updatedAt());
        }
    }

    /** An approved tool is remembered, so that the same question isn't asked again. */
    void grant(StoreUnit unit, Run run, Approval decided, @Nullable GrantTerms wanted) {
        GrantTerms terms = wanted == null ? GrantTerms.SAME_AGAIN : wanted;
        Json.Obj use =
                decided.edited() == null ? decided.payload() : decided.payload().merge(decided.edited());
        String tool = use.text("tool");
        Json arguments = use.get("arguments") instanceof Json.Obj given ? given : Json.object();
        if (tool == null) {
            return; // a question about a tool in the worker's own words: the answer is all there is
        }
        AgentId agent = run.agentId();
        // Who allows it for an agent's runs, though there is no agent, can mean no more than this run.
        GrantScope scope = terms.scope() == GrantScope.AGENT && agent == null ? GrantScope.RUN : terms.scope();
        unit.grants()
                .create(ToolGrant.builder()
                        .id(new GrantId(hub.ids().next("gra")))
                        .scope(scope)
                        .runId(scope == GrantScope.RUN ? run.id() : null)
                        .agentId(scope == GrantScope.AGENT ? agent : null)
                        .projectId(run.projectId())
                        .tool(tool)
                        .hash(terms.anyArguments() ? null : useOf(payload(tool, use.text("target"), arguments)))
                        .usesLeft(terms.uses())
                        .expiresAt(terms.expiresIn() == null ? null : unit.now().plus(terms.expiresIn()))
                        .approvalId(decided.id())
                        .grantedBy(Objects.requireNonNullElse(decided.decidedBy(), "policy"))
                        .createdAt(unit.now())
                        .updatedAt(unit.now())
                        .build());
    }
}
