package dev.pilot.core.graph;

import dev.pilot.api.access.Caller;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskGraph;
import dev.pilot.api.project.TaskNode;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.BudgetPeriod;
import dev.pilot.api.run.BudgetScope;
import dev.pilot.api.run.GraphCounts;
import dev.pilot.api.run.GraphNodeState;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.GraphRunMove;
import dev.pilot.api.run.GraphRunState;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.ScopeBudget;
import dev.pilot.api.run.StartGraph;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.GraphNode;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Json;
import dev.pilot.core.access.Reach;
import dev.pilot.core.approval.ApprovalDesk;
import dev.pilot.core.approval.DecisionEffect;
import dev.pilot.core.limit.ScopeBudgets;
import dev.pilot.core.project.TaskGraphs;
import dev.pilot.core.run.RunDrafts;
import dev.pilot.core.run.RunInput;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Begins graph runs, and decides on those that wait for approval. */
final class GraphDesk implements DecisionEffect {
    private static final int TITLE = 80;

    private final GraphParts parts;

    GraphDesk(GraphParts parts) {
        this.parts = parts;
    }

    /**
     * Begins one.
     *
     * @throws InvalidInput if a field is wrong, or a task can't be carried out as things are
     */
    GraphRun start(StoreUnit unit, StartGraph command, Caller caller) {
        check(Reach.of(caller).in(unit), command);
        TaskGraph tasks = TaskGraphs.of(command.projectId(), unit.tasks().of(command.projectId()));
        Set<TaskId> wanted = wanted(tasks, command);
        GraphRunId id = command.id() == null ? new GraphRunId(parts.hub().ids().next("grn")) : command.id();
        GraphRun bare = graph(unit, id, command, caller);
        List<GraphNode> nodes = new ArrayList<>();
        for (TaskNode at : tasks.nodes()) {
            if (wanted.contains(at.task().id())) {
                nodes.add(new GraphNode(
                        id,
                        at.task().id(),
                        at.task().priority(),
                        nodes.size(),
                        GraphNodeState.WAITING,
                        at.waitingFor().size(),
                        null,
                        null));
            }
        }
        nodes = GraphRules.settled(unit, bare, nodes);
        GraphCounts counts = GraphCounts.NONE;
        for (GraphNode node : nodes) {
            counts = counts.plus(node.state(), 1);
        }
        List<Task> todo = toBeDone(tasks, nodes);
        refuseWhatCannotRun(unit, bare, todo);
        GraphRun graph = bare.toBuilder().counts(counts).build();
        if (graph.approval()) {
            Approval approval = ask(unit, graph, todo);
            graph = graph.toBuilder().approvalId(approval.id()).build();
        }
        unit.graphRuns().create(graph, nodes);
        if (!graph.budget().equals(Budget.NONE)) {
            ScopeBudget unused = parts.budgets()
                    .set(unit, BudgetScope.GRAPH_RUN, id.value(), BudgetPeriod.TOTAL, graph.budget(), caller.name());
        }
        parts.journal()
                .write(
                        unit,
                        parts.journal()
                                .build(
                                        Subject.graphRun(id),
                                        graph.projectId(),
                                        null,
                                        "status",
                                        "created " + graph.state().wire(),
                                        Json.object(
                                                "move", "create",
                                                "to", graph.state(),
                                                "by", caller.name(),
                                                "tasks", counts.total(),
                                                "done", counts.done()))
                                .build());
        if (graph.state() == GraphRunState.PROPOSED) {
            return graph;
        }
        GraphStep step = new GraphStep(parts, unit, graph);
        List<Run> unused = step.advance();
        return step.graph();
    }

    private static void check(StoreView seen, StartGraph command) {
        InputCheck check = new InputCheck();
        check.json("inputs", command.inputs());
        check.texts("labels", List.copyOf(command.labels()), Limits.TAGS, Limits.TAG);
        if (command.maxActive() != null) {
            check.range("maxActive", command.maxActive(), 1, Limits.GRAPH);
        }
        if (command.tasks().size() > Limits.GRAPH) {
            check.problem("tasks", "may have " + Limits.GRAPH + " entries at most");
        }
        if (command.profile() != null) {
            RunInput.profile(check, command.profile());
        }
        boolean unused = ScopeBudgets.checkLimits(check, "budget", command.budget());
        if (command.policy() != null) {
            RunInput.policy(check, command.policy());
        }
        if (command.agentId() != null && seen.agents().find(command.agentId()).isEmpty()) {
            check.problem("agentId", "there is no agent " + command.agentId());
        }
        if (seen.projects().find(command.projectId()).isEmpty()) {
            check.problem("projectId", "there is no project " + command.projectId());
        }
        check.done();
    }

    /** What was asked for, with all that it needs. */
    private static Set<TaskId> wanted(TaskGraph tasks, StartGraph command) {
        Map<TaskId, Task> byId = new HashMap<>();
        tasks.nodes().forEach(at -> byId.put(at.task().id(), at.task()));
        Deque<TaskId> open = new ArrayDeque<>();
        InputCheck check = new InputCheck();
        for (int i = 0; i < command.tasks().size(); i++) {
            TaskId id = command.tasks().get(i);
            if (!byId.containsKey(id)) {
                check.problem("tasks[" + i + "]", "the project has no task " + id);
            }
            open.add(id);
        }
        check.done();
        if (open.isEmpty()) {
            byId.values().stream()
                    .filter(task -> task.status() != TaskStatus.CANCELLED)
                    .forEach(task -> open.add(task.id()));
        }
        if (open.isEmpty()) {
            throw InvalidInput.of("tasks", "the project has none that is not cancelled");
        }
        Set<TaskId> wanted = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            TaskId id = open.removeLast();
            if (wanted.add(id)) {
                open.addAll(Objects.requireNonNull(byId.get(id)).dependsOn());
            }
        }
        if (wanted.size() > Limits.GRAPH) {
            throw InvalidInput.of(
                    "tasks",
                    "would be " + wanted.size() + " with all that they need, but may be " + Limits.GRAPH
                            + " at most: name some of them");
        }
        return wanted;
    }

    private static GraphRun graph(StoreUnit unit, GraphRunId id, StartGraph command, Caller caller) {
        return GraphRun.builder()
                .id(id)
                .projectId(command.projectId())
                .state(command.approval() ? GraphRunState.PROPOSED : GraphRunState.RUNNING)
                .agentId(command.agentId())
                .profile(command.profile())
                .policy(command.policy())
                .inputs(command.inputs())
                .labels(command.labels())
                .maxActive(command.maxActive())
                .onFailure(command.onFailure())
                .approval(command.approval())
                .budget(command.budget())
                .startedBy(caller.name())
                .startedAt(command.approval() ? null : unit.now())
                .createdAt(unit.now())
                .updatedAt(unit.now())
                .build();
    }

    /** In the order in which they would be begun if each took as long. */
    private static List<Task> toBeDone(TaskGraph tasks, List<GraphNode> nodes) {
        Set<TaskId> open = new HashSet<>();
        for (GraphNode node : nodes) {
            if (node.state() == GraphNodeState.WAITING || node.state() == GraphNodeState.READY) {
                open.add(node.taskId());
            }
        }
        return tasks.nodes().stream()
                .map(TaskNode::task)
                .filter(task -> open.contains(task.id()))
                .toList();
    }

    /** One task for each way in which tasks are carried out is tried, so that what can't work is refused now, not when its turn comes. */
    private void refuseWhatCannotRun(StoreUnit unit, GraphRun graph, List<Task> todo) {
        RunDrafts drafts = parts.runs().drafts(unit);
        Set<Object> ways = new HashSet<>();
        for (Task task : todo) {
            if (ways.add(task.assignee() == null ? "" : task.assignee())) {
                GraphStep.compose(drafts, graph, task);
            }
        }
    }

    private Approval ask(StoreUnit unit, GraphRun graph, List<Task> todo) {
        List<Json> tasks = new ArrayList<>();
        Set<String> agents = new LinkedHashSet<>();
        for (Task task : todo) {
            String agent = task.assignee() != null
                    ? task.assignee().value()
                    : graph.agentId() != null ? graph.agentId().value() : null;
            if (agent != null) {
                agents.add(agent);
            }
            String title = task.title();
            tasks.add(Json.object(
                    "id",
                    task.id().value(),
                    "title",
                    title.length() <= TITLE ? title : title.substring(0, TITLE - 1) + "…",
                    "agent",
                    agent));
        }
        Json.Obj payload = Json.object(
                "tasks", tasks,
                "agents", List.copyOf(agents),
                "command", graph.profile() == null ? null : graph.profile().command(),
                "maxActive", graph.maxActive(),
                "onFailure", graph.onFailure(),
                "budget", budget(graph));
        return parts.approvals()
                .open(
                        unit,
                        new ApprovalId(parts.hub().ids().next("apr")),
                        Subject.graphRun(graph.id()),
                        graph.projectId(),
                        new ApprovalDesk.Question(
                                ApprovalKind.START,
                                Risk.MEDIUM,
                                "Start a graph run of " + todo.size() + (todo.size() == 1 ? " task" : " tasks"),
                                payload,
                                graph.startedBy(),
                                null));
    }

    private static Json.Obj budget(GraphRun graph) {
        return Json.object(
                "wallSeconds",
                        graph.budget().wall() == null
                                ? null
                                : graph.budget().wall().toSeconds(),
                "tokens", graph.budget().tokens(),
                "costMicros", graph.budget().costMicros(),
                "toolCalls", graph.budget().toolCalls(),
                "changedFiles", graph.budget().changedFiles(),
                "changedLines", graph.budget().changedLines(),
                "outputBytes", graph.budget().outputBytes());
    }

    /**
     * {@inheritDoc}
     *
     * @throws dev.pilot.api.error.NotAllowed if it does not wait for it any more
     */
    @Override
    public void take(StoreUnit unit, Approval decided, boolean yes) {
        GraphStep step = new GraphStep(
                parts,
                unit,
                unit.graphRuns().get(new GraphRunId(decided.subject().id())));
        Json.Obj why = Json.object(
                "by", decided.decidedBy(), "approvalId", decided.id().value());
        if (yes) {
            step.refresh();
            step.move(GraphRunMove.APPROVE, why);
        } else {
            step.move(GraphRunMove.DECLINE, why);
        }
        List<Run> unused = step.advance();
    }
}
