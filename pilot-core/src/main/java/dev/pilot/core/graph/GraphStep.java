package dev.pilot.core.graph;

import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.FailureRule;
import dev.pilot.api.run.GraphCounts;
import dev.pilot.api.run.GraphNodeState;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.GraphRunMove;
import dev.pilot.api.run.GraphRunState;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.GraphNode;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.run.RunDesk;
import dev.pilot.core.run.RunDrafts;
import dev.pilot.core.system.Versions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One step of a graph run, within one unit of work: takes in what has changed, makes the runs of what is ready, ends the graph run when
 * nothing can go on. It makes and cancels so many runs at most; what is left makes the graph run due for another step.
 */
final class GraphStep {
    /** Runs that one step makes, or cancels. */
    static final int BATCH = 100;

    private final GraphParts parts;
    private final StoreUnit unit;
    private final GraphRun before;
    private GraphRun graph;
    private GraphCounts counts;
    private final Map<TaskId, GraphNode> known = new HashMap<>();
    private final Map<TaskId, GraphNode> unwritten = new LinkedHashMap<>();
    private final List<NewEvent> events = new ArrayList<>();
    private final List<Run> made = new ArrayList<>();
    private final List<Run> again = new ArrayList<>();
    private final List<Run> unwanted = new ArrayList<>();
    private boolean due;
    private boolean changed;

    /**
     * Begins one.
     *
     * @param graph the graph run as the unit finds it
     */
    GraphStep(GraphParts parts, StoreUnit unit, GraphRun graph) {
        this.parts = parts;
        this.unit = unit;
        this.before = graph;
        this.graph = graph;
        this.counts = graph.counts();
    }

    GraphRun graph() {
        return graph;
    }

    /**
     * Makes a move.
     *
     * @throws NotAllowed if it is not legal from its state
     */
    GraphStep move(GraphRunMove move, Json.Obj why) {
        if (!move.isLegalFrom(graph.state())) {
            String legal = Arrays.stream(GraphRunMove.values())
                    .filter(candidate -> candidate.isLegalFrom(graph.state()))
                    .map(GraphRunMove::wire)
                    .collect(Collectors.joining(", "));
            throw new NotAllowed(
                    "illegal-transition",
                    "Graph run " + graph.id() + " is " + graph.state().wire() + ", where " + move.wire()
                            + " is not possible; "
                            + (legal.isEmpty() ? "it is over." : "possible are " + legal + "."));
        }
        GraphRunState from = graph.state();
        graph = graph.toBuilder()
                .state(move.to())
                .startedAt(
                        graph.startedAt() == null && move.to() == GraphRunState.RUNNING
                                ? unit.now()
                                : graph.startedAt())
                .finishedAt(move.to().isFinal() ? unit.now() : null)
                .build();
        events.add(event(
                        "status",
                        from.wire() + " -> " + move.to().wire(),
                        Json.object("move", move, "from", from, "to", move.to())
                                .merge(why)
                                .merge(tally()))
                .level(move.to() == GraphRunState.FAILED ? Level.ERROR : Level.INFO)
                .build());
        return this;
    }

    /** What an event says of how far it is. */
    private Json.Obj tally() {
        return Json.object(
                "tasks", counts.total(),
                "done", counts.done(),
                "failed", counts.failed(),
                "blocked", counts.blocked(),
                "cancelled", counts.cancelled());
    }

    private NewEvent.Builder event(String type, String title, Json.Obj data) {
        return parts.journal().build(Subject.graphRun(graph.id()), graph.projectId(), null, type, title, data);
    }

    /**
     * Takes in that tasks, or runs of theirs, have changed; looks at nothing but them and what depends on them.
     *
     * @return whether that changed anything
     */
    boolean touched(Set<TaskId> tasks) {
        List<GraphNode> nodes = seen(unit.graphRuns().nodes(graph.id(), tasks));
        if (nodes.size() < tasks.size() && isNeededFromOutside(tasks, nodes)) {
            return refresh();
        }
        Map<TaskId, Task> now = unit.tasks().all(tasks);
        Map<RunId, Run> runs = runs(nodes);
        boolean freed = false;
        for (GraphNode read : nodes) {
            // One that comes later may depend on one that came before.
            GraphNode node = known.getOrDefault(read.taskId(), read);
            Task task = now.get(node.taskId());
            if (task != null) {
                Run own = node.runId() == null ? null : runs.get(node.runId());
                GraphNode after = node.in(GraphRules.of(
                        node,
                        task,
                        own == null ? null : own.state(),
                        id -> GraphRules.isElsewhere(unit, node),
                        node.state() == GraphNodeState.BLOCKED));
                freed |= node.state().blocks() && !after.state().blocks();
                change(node, withdrawn(after, own), task, own);
            }
        }
        if (freed) {
            refresh();
        }
        return changed;
    }

    /** A run that nobody has begun has nothing left to do where its task is done, or cancelled, without it. */
    private GraphNode withdrawn(GraphNode node, @Nullable Run own) {
        boolean over = node.state() == GraphNodeState.DONE || node.state() == GraphNodeState.CANCELLED;
        if (over && own != null && (own.state() == RunState.QUEUED || own.state() == RunState.PROPOSED)) {
            unwanted.add(own);
            return node.run(null);
        }
        return node;
    }

    /** Something that is not of the graph run, but that one of its tasks has come to depend on. */
    private boolean isNeededFromOutside(Set<TaskId> tasks, List<GraphNode> nodes) {
        Set<TaskId> members = nodes.stream().map(GraphNode::taskId).collect(Collectors.toSet());
        return tasks.stream()
                .filter(task -> !members.contains(task))
                .anyMatch(task -> !unit.graphRuns().dependents(graph.id(), task).isEmpty());
    }

    private Map<RunId, Run> runs(Collection<GraphNode> nodes) {
        return unit.runs()
                .all(nodes.stream()
                        .map(GraphNode::runId)
                        .filter(Objects::nonNull)
                        .toList());
    }

    /** What a node's change means for those that depend on it. */
    private void change(GraphNode from, GraphNode to, Task task, @Nullable Run own) {
        if (from.equals(to)) {
            return;
        }
        put(to);
        boolean wasDone = from.state() == GraphNodeState.DONE;
        boolean isDone = to.state() == GraphNodeState.DONE;
        if (wasDone != isDone) {
            count(to.taskId(), isDone ? -1 : 1);
        }
        if (isBroken(to) && !isBroken(from)) {
            block(to, task, own);
        }
    }

    private static boolean isBroken(GraphNode node) {
        return node.state() == GraphNodeState.FAILED || node.state() == GraphNodeState.CANCELLED;
    }

    /** Counts what its dependents miss. */
    private void count(TaskId task, int more) {
        for (GraphNode node : seen(unit.graphRuns().dependents(graph.id(), task))) {
            GraphNode counted = node.missing(node.missing() + more);
            if (counted.state() == GraphNodeState.WAITING && counted.missing() == 0) {
                counted = counted.in(GraphNodeState.READY);
            } else if (counted.state() == GraphNodeState.READY && counted.missing() > 0) {
                counted = counted.in(GraphNodeState.WAITING);
            }
            put(counted);
        }
    }

    /** All that waits behind it can't be begun, which is said once. */
    private void block(GraphNode node, Task task, @Nullable Run own) {
        writeNodes();
        List<String> blocked = new ArrayList<>();
        for (GraphNode waiting : seen(unit.graphRuns().behind(graph.id(), node.taskId()))) {
            put(waiting.in(GraphNodeState.BLOCKED));
            blocked.add(waiting.taskId().value());
        }
        String problem = node.problem() != null
                ? node.problem()
                : own != null && own.error() != null ? own.error().message() : "";
        String what = node.state() == GraphNodeState.FAILED ? "failed" : "was cancelled";
        events.add(event(
                        "task-" + node.state().wire(),
                        RunDesk.headline(task.title()) + " " + what + "; tasks blocked by it: " + blocked.size(),
                        Json.object(
                                "taskId",
                                node.taskId().value(),
                                "runId",
                                node.runId() == null ? null : node.runId().value(),
                                "blocked",
                                blocked))
                .level(Level.WARN)
                .message(problem)
                .build());
    }

    /**
     * Takes in everything anew, from all that is recorded. Takes time linear in tasks and dependencies.
     *
     * @return whether that changed anything
     */
    boolean refresh() {
        writeNodes();
        List<GraphNode> nodes = unit.graphRuns().nodes(graph.id());
        GraphCounts counted = GraphCounts.NONE;
        List<String> blocked = new ArrayList<>();
        Map<TaskId, GraphNode> old = new HashMap<>();
        nodes.forEach(node -> old.put(node.taskId(), node));
        for (GraphNode after : GraphRules.settled(unit, graph, nodes)) {
            GraphNode node = Objects.requireNonNull(old.get(after.taskId()));
            if (after.state() == GraphNodeState.BLOCKED && node.state() != GraphNodeState.BLOCKED) {
                blocked.add(after.taskId().value());
            }
            known.put(after.taskId(), after);
            if (!after.equals(node)) {
                unwritten.put(after.taskId(), after);
            }
            counted = counted.plus(after.state(), 1);
        }
        if (!blocked.isEmpty()) {
            events.add(event("tasks-blocked", "tasks blocked: " + blocked.size(), Json.object("blocked", blocked))
                    .level(Level.WARN)
                    .build());
        }
        changed |= !unwritten.isEmpty() || !counted.equals(counts);
        counts = counted;
        return changed;
    }

    /** What failed, or whose run was cancelled, is to be tried again. */
    boolean retryFailed(String by) {
        List<GraphNode> broken = new ArrayList<>();
        for (GraphNodeState state : List.of(GraphNodeState.FAILED, GraphNodeState.CANCELLED)) {
            broken.addAll(unit.graphRuns().nodes(graph.id(), state, Integer.MAX_VALUE));
        }
        // A task that is itself cancelled has to be taken up again first.
        Map<TaskId, Task> tasks =
                unit.tasks().all(broken.stream().map(GraphNode::taskId).toList());
        broken.removeIf(node -> Objects.requireNonNull(tasks.get(node.taskId())).status() == TaskStatus.CANCELLED);
        if (broken.isEmpty()) {
            return false;
        }
        Map<RunId, Run> runs = runs(broken);
        for (GraphNode node : broken) {
            Run own = node.runId() == null ? null : runs.get(node.runId());
            boolean failed = own != null && own.state() == RunState.FAILED;
            put(node.in(GraphNodeState.READY).problem(null).run(failed ? node.runId() : null));
        }
        refresh();
        List<String> retried =
                broken.stream().map(node -> node.taskId().value()).toList();
        events.add(event("retry", "tasks to be tried again: " + retried.size(), Json.object("tasks", retried, "by", by))
                .build());
        return true;
    }

    /**
     * Makes what can be made now, ends what is over, and writes it all.
     *
     * @return the runs that it cancelled
     */
    List<Run> advance() {
        if (graph.state() == GraphRunState.RUNNING && !isStopping()) {
            make();
        }
        if (isOpen() && isStopping()) {
            withdrawUnbegun();
        }
        if (graph.state() == GraphRunState.CANCELLED) {
            withdrawAll();
        }
        if (isOpen() && isOver()) {
            boolean all = counts.done() == counts.total();
            move(all ? GraphRunMove.SUCCEED : GraphRunMove.FAIL, Json.object());
        }
        write();
        // What follows is told to those who watch tasks, this graph run's next step among them: so all is written
        // before.
        parts.runs().create(unit, made, "graph-run " + graph.id(), graph.startedBy());
        parts.runs().retry(unit, again, "graph-run " + graph.id());
        return parts.runs().cancel(unit, unwanted, "graph-run " + graph.id());
    }

    private boolean isOpen() {
        return graph.state() == GraphRunState.RUNNING || graph.state() == GraphRunState.PAUSED;
    }

    private boolean isStopping() {
        return graph.onFailure() == FailureRule.STOP && counts.failed() > 0;
    }

    private boolean isOver() {
        return counts.running() == 0 && (isStopping() || counts.waiting() + counts.ready() + counts.elsewhere() == 0);
    }

    private int room() {
        Integer most = graph.maxActive();
        return most == null ? Integer.MAX_VALUE : most - counts.running();
    }

    private void make() {
        RunDrafts drafts = parts.runs().drafts(unit);
        int left = BATCH;
        while (left > 0 && room() > 0 && counts.ready() > 0 && !isStopping()) {
            writeNodes();
            List<GraphNode> ready = unit.graphRuns().nodes(graph.id(), GraphNodeState.READY, Math.min(left, room()));
            if (ready.isEmpty()) {
                return;
            }
            left -= ready.size();
            Map<TaskId, Task> tasks =
                    unit.tasks().all(ready.stream().map(GraphNode::taskId).toList());
            Map<RunId, Run> runs = runs(ready);
            Set<TaskId> elsewhere = unit.runs().activeOf(tasks.keySet()).stream()
                    .map(Run::taskId)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            for (GraphNode node : ready) {
                Task task = Objects.requireNonNull(tasks.get(node.taskId()));
                if (task.status() != TaskStatus.TODO || elsewhere.contains(task.id())) {
                    GraphNode other = node.in(GraphNodeState.ELSEWHERE);
                    GraphNodeState state = GraphRules.of(other, task, null, id -> true, false);
                    change(node, other.in(state), task, null);
                } else {
                    make(node, task, node.runId() == null ? null : runs.get(node.runId()), drafts);
                }
            }
        }
        due = counts.ready() > 0 && room() > 0 && !isStopping();
    }

    private void make(GraphNode node, Task task, @Nullable Run own, RunDrafts drafts) {
        if (isStopping()) {
            return;
        }
        if (own != null && own.state() == RunState.FAILED) {
            again.add(own);
            put(node.in(GraphNodeState.RUNNING));
        } else {
            try {
                Run run = compose(drafts, graph, task);
                made.add(run);
                put(node.in(GraphNodeState.RUNNING).run(run.id()));
            } catch (PilotException refused) {
                // The unit is somebody else's, whose task is done: that one task can't be begun is no fault of theirs.
                change(
                        node,
                        node.in(GraphNodeState.FAILED).run(null).problem(refused.code() + ": " + refused.getMessage()),
                        task,
                        null);
            }
        }
    }

    /**
     * The run that a task gets, which is not written yet.
     *
     * @throws PilotException if it can't be made as things are
     */
    static Run compose(RunDrafts drafts, GraphRun graph, Task task) {
        boolean assigned = task.assignee() != null;
        CreateRun command = CreateRun.forTask(task.id())
                .agentId(assigned ? task.assignee() : graph.agentId())
                .profile(assigned ? null : graph.profile())
                .policy(graph.policy())
                .inputs(graph.inputs())
                .labels(graph.labels())
                .build();
        Run run = drafts.draft(command, task, graph.id());
        if (run.profile().runner() == RunnerKind.EXTERNAL) {
            throw new NotAllowed(
                    "external-run",
                    "Task " + task.id() + " would be carried out by an outside agent, which reports for itself: give it"
                            + " an agent whose runs a worker can take.");
        }
        // One approval went for all of them.
        return !graph.approval()
                ? run
                : run.toBuilder()
                        .state(RunState.QUEUED)
                        .policy(run.policy().toBuilder().approval(false).build())
                        .build();
    }

    /** Its runs that no worker has begun: their tasks are ready again, for the day when somebody retries what failed. */
    private void withdrawUnbegun() {
        List<Run> unbegun = new ArrayList<>();
        for (RunState state : List.of(RunState.QUEUED, RunState.PROPOSED)) {
            RunFilter filter =
                    RunFilter.builder().graphRunId(graph.id()).state(state).build();
            unit.runs().list(filter, PageRequest.first(BATCH)).items().stream()
                    .filter(run -> run.attempt() == 0)
                    .forEach(unbegun::add);
        }
        Map<RunId, Run> runs = new HashMap<>();
        unbegun.forEach(run -> runs.put(run.id(), run));
        List<TaskId> tasks =
                unbegun.stream().map(Run::taskId).filter(Objects::nonNull).toList();
        for (GraphNode node : seen(unit.graphRuns().nodes(graph.id(), tasks))) {
            Run own = node.runId() == null ? null : runs.get(node.runId());
            if (own != null && node.state() == GraphNodeState.RUNNING) {
                unwanted.add(own);
                put(node.run(null).in(node.missing() == 0 ? GraphNodeState.READY : GraphNodeState.WAITING));
            }
        }
        due = unbegun.size() >= BATCH;
    }

    private void withdrawAll() {
        writeNodes();
        List<GraphNode> running = unit.graphRuns().nodes(graph.id(), GraphNodeState.RUNNING, BATCH);
        Map<RunId, Run> runs = runs(running);
        for (GraphNode node : running) {
            Run own = node.runId() == null ? null : runs.get(node.runId());
            if (own == null || own.state().isFinal()) {
                put(node.in(GraphNodeState.ELSEWHERE));
            } else if (RunDesk.isBeingMerged(unit, own)) {
                put(node.in(GraphNodeState.ELSEWHERE)); // it was accepted, and its merge goes on
            } else {
                unwanted.add(own);
                put(node.in(GraphNodeState.CANCELLED));
            }
        }
        due = counts.running() > 0;
    }

    /** Nodes as this step has left them, where it has changed them since they were written. */
    private List<GraphNode> seen(List<GraphNode> read) {
        return read.stream()
                .map(node -> {
                    GraphNode changed = unwritten.get(node.taskId());
                    GraphNode now = changed == null ? node : changed;
                    known.put(now.taskId(), now);
                    return now;
                })
                .toList();
    }

    private void put(GraphNode node) {
        GraphNode old = known.get(node.taskId());
        if (old == null) {
            old = unit.graphRuns().nodes(graph.id(), List.of(node.taskId())).get(0);
        }
        counts = counts.plus(old.state(), -1).plus(node.state(), 1);
        known.put(node.taskId(), node);
        unwritten.put(node.taskId(), node);
        changed = true;
    }

    private void writeNodes() {
        unit.graphRuns().updateNodes(List.copyOf(unwritten.values()));
        unwritten.clear();
    }

    private void write() {
        writeNodes();
        graph = graph.toBuilder()
                .counts(counts)
                .updatedAt(Versions.next(unit, before.updatedAt()))
                .build();
        unit.graphRuns().update(graph, due, before.updatedAt());
        parts.journal().write(unit, events);
        if (due) {
            parts.wake().run();
        }
    }
}
