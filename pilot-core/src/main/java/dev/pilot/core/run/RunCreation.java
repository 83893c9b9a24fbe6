package dev.pilot.core.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.Task;
import dev.pilot.api.run.Agent;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunClock;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Json;
import dev.pilot.core.approval.ApprovalDesk;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Limits;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes runs out of what the command, the agent profile and the task say, in this order. */
final class RunCreation {
    /** Who holds the runs of agents that report for themselves. */
    static final WorkerId EXTERNAL = new WorkerId("external");

    private final HubContext hub;
    private final RunTransitions transitions;
    private final ApprovalDesk approvals;
    private final Attempts attempts;

    RunCreation(HubContext hub, RunTransitions transitions, ApprovalDesk approvals, Attempts attempts) {
        this.hub = hub;
        this.transitions = transitions;
        this.approvals = approvals;
        this.attempts = attempts;
    }

    void refuseCredentials(CreateRun command) {
        InputCheck check = new InputCheck();
        if (!hub.redactor().redact(command.inputs()).equals(command.inputs())) {
            RunInput.credential(check, "inputs");
        }
        RunInput.refuseCredentials(check, hub.redaction(), "profile", command.profile());
        RunInput.refuseCredentials(check, hub.redaction(), "policy", command.policy());
        check.done();
    }

    /**
     * Makes a run out of a command, but doesn't write it yet.
     *
     * @throws dev.pilot.api.error.PilotException if it can't be
     */
    Run compose(StoreUnit unit, CreateRun command, RunSources sources) {
        Run run = draft(unit, command, sources, null);
        if (run.taskId() != null && !command.parallel()) {
            refuseSecond(unit.runs().activeOf(run.taskId()));
        }
        if (run.lease() != null) {
            sources.quotas().require(run, sources.reach());
        }
        return run;
    }

    /**
     * The same, but neither the task's other runs nor quotas are looked at.
     *
     * @param graphRunId the graph run that it belongs to; null for none
     * @throws dev.pilot.api.error.PilotException if it can't be
     */
    Run draft(StoreUnit unit, CreateRun command, RunSources sources, @Nullable GraphRunId graphRunId) {
        Task task = command.taskId() == null ? null : sources.task(command.taskId());
        Project project = project(command, task, sources);
        Run made = compose(unit, command, project, task, agent(command, task, sources)).toBuilder()
                .graphRunId(graphRunId)
                .build();
        check(command, made);
        return sources.families().share(made);
    }

    /**
     * Writes runs that were composed in this unit.
     *
     * @param by who made them
     */
    void insert(StoreUnit unit, List<Run> runs, String by) {
        insert(unit, runs, by, by);
    }

    /**
     * Writes runs that were composed in this unit.
     *
     * @param by what made them
     * @param askedBy who wanted them, and may not be the one to approve them
     */
    void insert(StoreUnit unit, List<Run> runs, String by, String askedBy) {
        if (runs.isEmpty()) {
            return;
        }
        unit.runs().create(runs);
        transitions.created(unit, runs, by);
        for (Run run : runs) {
            if (run.state() == RunState.PROPOSED) {
                Json.Obj payload = Json.object(
                        "goal", run.goal(), "command", run.profile().command(), "policy", gates(run.policy()));
                approvals.open(
                        unit,
                        run,
                        new ApprovalDesk.Question(
                                ApprovalKind.START,
                                Risk.MEDIUM,
                                "Start: " + headline(run.goal()),
                                payload,
                                askedBy,
                                null));
            }
        }
        attempts.begin(unit, runs.stream().filter(run -> run.lease() != null).toList());
    }

    /**
     * Checks that what a run is to be made of is there.
     *
     * @throws InvalidInput if it isn't
     */
    static void requireTarget(CreateRun command, RunSources sources) {
        Task task = command.taskId() == null ? null : sources.task(command.taskId());
        Project unused = project(command, task, sources);
    }

    private static Project project(CreateRun command, @Nullable Task task, RunSources sources) {
        ProjectId id = task == null ? command.projectId() : task.projectId();
        if (id == null) {
            throw InvalidInput.of("projectId", "is required where there is no taskId");
        }
        if (command.projectId() != null && !command.projectId().equals(id)) {
            throw InvalidInput.of("projectId", "is not the project of task " + command.taskId());
        }
        return sources.project(id);
    }

    private static @Nullable Agent agent(CreateRun command, @Nullable Task task, RunSources sources) {
        if (command.agentId() != null) {
            Agent agent = sources.agent(command.agentId())
                    .orElseThrow(() -> InvalidInput.of("agentId", "there is no agent " + command.agentId()));
            if (!agent.enabled()) {
                throw new NotAllowed(
                        "agent-disabled", "Agent " + agent.id() + " is disabled: enable it, or use another one.");
            }
            return agent;
        }
        // A run that says itself how it is carried out doesn't need the task's assignee.
        return task == null || task.assignee() == null || command.profile() != null
                ? null
                : sources.agent(task.assignee()).filter(Agent::enabled).orElse(null);
    }

    private Run compose(
            StoreUnit unit, CreateRun command, Project project, @Nullable Task task, @Nullable Agent agent) {
        RunProfile profile = command.profile() != null
                ? command.profile()
                : agent != null ? agent.profile() : RunProfile.builder().build();
        RunPolicy policy =
                command.policy() != null ? command.policy() : agent != null ? agent.policy() : RunPolicy.NONE;
        Budget budget = command.budget() != null ? command.budget() : agent != null ? agent.budget() : Budget.NONE;
        RunId id = command.id() == null ? new RunId(hub.ids().next("run")) : command.id();
        boolean external = profile.runner() == RunnerKind.EXTERNAL;
        Run.Builder run = Run.builder()
                .id(id)
                .projectId(project.id())
                .taskId(task == null ? null : task.id())
                .agentId(agent == null ? null : agent.id())
                .externalId(command.externalId())
                .parentId(command.parentId())
                .repoId(project.repoId())
                .goal(command.goal() != null ? command.goal() : task == null ? "" : goal(task))
                .profile(profile)
                .inputs(command.inputs())
                .labels(command.labels())
                .priority(command.priority() != null ? command.priority() : task == null ? 0 : task.priority())
                .policy(policy)
                .budget(budget)
                .links(command.links())
                .state(policy.approval() ? RunState.PROPOSED : RunState.QUEUED)
                .createdAt(unit.now())
                .updatedAt(unit.now());
        if (external) {
            run.state(RunState.RUNNING)
                    .attempt(1)
                    .startedAt(unit.now())
                    .clock(RunClock.startingAt(unit.now()))
                    .lease(new Lease(
                            id, 1, EXTERNAL, unit.now().plus(hub.config().externalSilence())));
        }
        return run.build();
    }

    private static void check(CreateRun command, Run run) {
        InputCheck check = new InputCheck();
        check.text("goal", command.goal(), Limits.TEXT); // what a task says has limits of its own
        if (run.goal().isBlank()) {
            check.problem("goal", "is required where there is no task");
        }
        check.text("externalId", command.externalId(), 128);
        check.json("inputs", run.inputs());
        check.texts("labels", List.copyOf(run.labels()), Limits.TAGS, Limits.TAG);
        RunInput.profile(check, run.profile());
        RunInput.runnable(check, run.profile());
        RunInput.policy(check, run.policy());
        RunInput.budget(check, run.budget());
        RunInput.links(check, run.links());
        check.done();
    }

    static void refuseSecond(List<Run> active) {
        if (!active.isEmpty()) {
            throw new NotAllowed(
                    "task-has-run",
                    "The task has run " + active.get(0).id() + ", which is "
                            + active.get(0).state().wire() + ": wait for it, cancel it, or ask for a parallel one.");
        }
    }

    private static String goal(Task task) {
        StringBuilder goal = new StringBuilder(task.title());
        if (!task.description().isEmpty()) {
            goal.append("\n\n").append(task.description());
        }
        if (!task.acceptance().isEmpty()) {
            goal.append("\n\nDone when:");
            task.acceptance().forEach(line -> goal.append("\n- ").append(line));
        }
        return goal.toString();
    }

    static String headline(String goal) {
        String line = Objects.requireNonNull(goal.lines().findFirst().orElse(""));
        return line.length() <= 120 ? line : line.substring(0, 119) + "…";
    }

    private static Json gates(RunPolicy policy) {
        return Json.object(
                "review",
                policy.review(),
                "gates",
                policy.gates().stream()
                        .map(gate -> Json.object("name", gate.name(), "command", gate.command()))
                        .toList());
    }
}
