package dev.pilot.core.project;

import dev.pilot.api.access.Caller;
import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.ActionId;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.EventId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.project.ActionKind;
import dev.pilot.api.project.ActionOutcome;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.Project;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Named;
import dev.pilot.core.access.Reach;
import dev.pilot.core.approval.ApprovalDesk;
import dev.pilot.core.approval.DecisionEffect;
import dev.pilot.core.system.Fingerprint;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Journal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Actions of callers who may only propose: each becomes an approval, and is applied when that is approved, in the unit of the decision and
 * guarded as it was asked. The same action twice is one proposal.
 */
public final class ActionProposals implements DecisionEffect {
    private static final int DIGITS = 26;

    private final HubContext hub;
    private final Journal journal;
    private final ApprovalDesk approvals;
    private final ActionRules rules;

    /**
     * Makes them.
     *
     * @param hub what they stand on
     * @param journal writes events
     * @param watch is told what happens to tasks
     * @param approvals asks for decisions
     */
    public ActionProposals(HubContext hub, Journal journal, TaskWatch watch, ApprovalDesk approvals) {
        this.hub = hub;
        this.journal = journal;
        this.approvals = approvals;
        this.rules = new ActionRules(hub, journal, watch);
    }

    private record Proposed(Approval approval, boolean replayed, Project project) {}

    ActionOutcome propose(ApplyAction asked, Caller caller) {
        ApplyAction clean = hub.redaction().clean(asked);
        rules.requireRun(clean, caller);
        ActionId id = clean.id() == null ? new ActionId(hub.ids().next("act")) : clean.id();
        Proposed proposed = hub.store()
                .write(
                        "action.propose",
                        unit -> propose(unit, clean.toBuilder().id(id).build(), id, caller));
        Event event = hub.store()
                .read(view -> view.events().find(eventOf(proposed.approval().id())))
                .orElseThrow(() -> new IllegalStateException("the event of proposal " + id + " is gone"));
        return new ActionOutcome(id, false, proposed.replayed(), proposed.project(), event, proposed.approval());
    }

    private Proposed propose(StoreUnit unit, ApplyAction action, ActionId id, Caller caller) {
        StoreView seen = Reach.of(caller).in(unit);
        String by = caller.name();
        ApprovalId approvalId = approvalOf(id);
        Json.Obj payload = payload(action);
        Optional<Approval> before = unit.approvals().find(approvalId);
        if (before.isPresent()) {
            if (!before.get().payload().equals(payload)) {
                throw new AlreadyExists(
                        "action", id.value(), "Action " + id + " was proposed with other content: use another id.");
            }
            return new Proposed(before.get(), true, seen.projects().get(action.projectId()));
        }
        Project project = rules.check(unit, seen, action, by);
        Subject subject = Subject.project(project.id());
        Approval asked = approvals.open(
                unit,
                approvalId,
                subject,
                project.id(),
                new ApprovalDesk.Question(
                        ApprovalKind.ACTION,
                        Risk.LOW,
                        "Propose: " + action.type().wire(),
                        payload,
                        by,
                        null));
        journal.write(
                unit,
                journal.build(
                                subject,
                                project.id(),
                                action.runId(),
                                "action",
                                "proposed " + action.type().wire(),
                                Json.object("proposal", approvalId.value(), "caller", by, "action", payload))
                        .id(eventOf(approvalId))
                        .build());
        return new Proposed(asked, false, project);
    }

    private static EventId eventOf(ApprovalId id) {
        return Journal.once("proposal", id.value());
    }

    /** Made from the action's id, so that the same action finds its proposal. */
    private static ApprovalId approvalOf(ActionId id) {
        return new ApprovalId("apr_"
                + Fingerprint.sha256(("action " + id.value()).getBytes(StandardCharsets.UTF_8))
                        .substring(0, DIGITS));
    }

    private static Json.Obj payload(ApplyAction action) {
        return Json.object(
                "actionId",
                action.id() == null ? null : action.id().value(),
                "projectId",
                action.projectId().value(),
                "type",
                action.type(),
                "params",
                action.params(),
                "agentId",
                action.agentId() == null ? null : action.agentId().value(),
                "runId",
                action.runId() == null ? null : action.runId().value(),
                "recordOnly",
                action.recordOnly(),
                "ifUpdatedAt",
                action.ifUpdatedAt() == null ? null : action.ifUpdatedAt().toString());
    }

    /** An edited payload may change what is done and how, but neither to which project nor who asked. */
    private static ApplyAction action(Approval decided) {
        Json.Obj asked = decided.payload();
        Json.Obj edited = decided.edited() == null ? asked : decided.edited();
        String type = Objects.requireNonNullElse(edited.text("type"), Objects.requireNonNull(asked.text("type")));
        Json.Obj params = edited.get("params") instanceof Json.Obj given ? given : (Json.Obj) asked.get("params");
        return ApplyAction.builder(
                        new ProjectId(Objects.requireNonNull(asked.text("projectId"))),
                        Named.parse(ActionKind.class, type, "payload.type"))
                .params(Objects.requireNonNullElse(params, Json.object()))
                .id(id(asked, "actionId", ActionId::new))
                .agentId(id(asked, "agentId", AgentId::new))
                .runId(id(asked, "runId", RunId::new))
                .recordOnly(asked.get("recordOnly") instanceof Json.Bool only && only.value())
                .ifUpdatedAt(id(asked, "ifUpdatedAt", Instant::parse))
                .build();
    }

    private static <T> @Nullable T id(Json.Obj payload, String name, Function<String, T> of) {
        String text = payload.text(name);
        return text == null ? null : of.apply(text);
    }

    @Override
    public void take(StoreUnit unit, Approval decided, boolean yes) {
        if (yes) {
            ApplyAction action = action(decided);
            rules.apply(
                    unit,
                    unit,
                    action,
                    Objects.requireNonNull(action.id()),
                    Objects.requireNonNullElse(decided.askedBy(), "unknown"));
        }
    }
}
