package dev.pilot.e2e.fault.decision;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.Conflict;
import dev.pilot.api.id.ActionId;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.project.ActionKind;
import dev.pilot.api.project.ActionOutcome;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.PageRequest;
import dev.pilot.e2e.fault.Violations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** What is to be decided in a project, and what was acknowledged of it. Every second one is approved, whoever decides it. */
final class Agenda {
    private static final int EACH = 20;

    private final ProjectId project;
    private final List<Item> items;
    private final Map<ApprovalId, ApprovalStatus> acknowledged = new ConcurrentHashMap<>();

    /** An approval, and whether the answer to it is yes. */
    private record Item(ApprovalId id, boolean yes) {
        ApprovalStatus expected() {
            return yes ? ApprovalStatus.APPROVED : ApprovalStatus.REJECTED;
        }
    }

    private Agenda(ProjectId project, List<Item> items) {
        this.project = project;
        this.items = List.copyOf(items);
    }

    static Agenda write(Pilot admin, Pilot agent) {
        ProjectId project =
                admin.projects().create(CreateProject.named("agenda")).id();
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            items.add(new Item(proposed(agent, project, i), i % 2 == 0));
            items.add(new Item(asked(admin, project), i % 2 == 1));
        }
        return new Agenda(project, items);
    }

    private static ApprovalId proposed(Pilot agent, ProjectId project, int number) {
        ApplyAction bump = ApplyAction.builder(project, ActionKind.BUMP_PROGRESS)
                .params(Json.object("delta", 1))
                .id(new ActionId(project.value() + "." + number))
                .build();
        ActionOutcome outcome = agent.projects().apply(List.of(bump)).get(0).get();
        return Objects.requireNonNull(outcome.proposal(), "the agent may only propose")
                .id();
    }

    private static ApprovalId asked(Pilot admin, ProjectId project) {
        Run run = admin.runs()
                .create(CreateRun.forProject(project, "nothing")
                        .profile(RunProfile.command(List.of("true")))
                        .policy(RunPolicy.builder().approval(true).build())
                        .build());
        return admin.approvals()
                .list(ApprovalFilter.builder().runId(run.id()).build(), PageRequest.first())
                .items()
                .get(0)
                .id();
    }

    int size() {
        return items.size();
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /** Decides one; that somebody else was quicker is an acknowledgement, too. */
    void decide(Pilot pilot, int number) {
        Item item = items.get(number);
        Approval decided;
        try {
            decided = pilot.approvals().decide(item.id(), item.yes() ? Decision.approve() : Decision.reject(null));
        } catch (Conflict already) {
            decided = (Approval) Objects.requireNonNull(already.current());
        }
        acknowledged.put(item.id(), decided.status());
    }

    void decideTheRest(Pilot pilot) {
        for (int i = 0; i < items.size(); i++) {
            if (!acknowledged.containsKey(items.get(i).id())) {
                decide(pilot, i);
            }
        }
    }

    /** Holds what is there against what was acknowledged, and the effects against the decisions that are there. */
    void look(Pilot pilot, String name, Violations violations) {
        int applied = 0;
        for (Item item : items) {
            Approval approval = pilot.approvals().get(item.id());
            boolean decided = approval.status() != ApprovalStatus.PENDING;
            if (acknowledged.containsKey(item.id())) {
                violations.count(name + ".lost", decided, approval + " was decided");
            }
            if (decided) {
                violations.count(name + ".changed", approval.status() == item.expected(), "" + approval);
                violations.count(name + ".effect", approval.effectAt() != null, approval + " has no effect");
            }
            if (approval.kind() == ApprovalKind.ACTION) {
                applied += approval.status() == ApprovalStatus.APPROVED ? 1 : 0;
            } else {
                started(pilot, Objects.requireNonNull(approval.runId()), approval, name, violations);
            }
        }
        int progress = pilot.projects().get(project).progress();
        violations.count(name + ".once", progress == applied, "progress " + progress + " by " + applied + " decisions");
    }

    private static void started(Pilot pilot, RunId id, Approval approval, String name, Violations violations) {
        RunState expected = switch (approval.status()) {
            case PENDING -> RunState.PROPOSED;
            case APPROVED, EDITED -> RunState.QUEUED;
            case REJECTED, EXPIRED -> RunState.CANCELLED;
        };
        Run run = pilot.runs().get(id);
        violations.count(name + ".once", run.state() == expected, run.state() + " by " + approval);
        int moves = pilot.events()
                .list(new EventFilter(null, id, null, "status"), 0, 10)
                .items()
                .size();
        int due = approval.status() == ApprovalStatus.PENDING ? 1 : 2;
        violations.count(name + ".once", moves == due, moves + " moves of run " + id);
    }
}
