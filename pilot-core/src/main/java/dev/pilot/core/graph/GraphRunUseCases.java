package dev.pilot.core.graph;

import dev.pilot.api.access.Caller;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.project.GraphRuns;
import dev.pilot.api.project.GraphState;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.GraphRunFilter;
import dev.pilot.api.run.GraphRunMove;
import dev.pilot.api.run.GraphRunState;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.StartGraph;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.access.Permission;
import dev.pilot.core.access.Reach;
import dev.pilot.core.system.Creating;
import dev.pilot.core.system.HubContext;
import java.util.ArrayList;
import java.util.List;

/** {@link GraphRuns} over the store, for one caller. */
final class GraphRunUseCases implements GraphRuns {
    private final HubContext hub;
    private final GraphParts graphs;
    private final Caller caller;
    private final Reach reach;

    GraphRunUseCases(HubContext hub, GraphParts graphs, Caller caller) {
        this.hub = hub;
        this.graphs = graphs;
        this.caller = caller;
        this.reach = Reach.of(caller);
    }

    @Override
    public Created<GraphRun> startOrFind(StartGraph command) {
        Permission.STEER_GRAPH_RUNS.require(caller);
        graphs.runs()
                .refuseCredentials(CreateRun.forProject(command.projectId(), "")
                        .inputs(command.inputs())
                        .profile(command.profile())
                        .policy(command.policy())
                        .build());
        StartGraph clean = hub.redaction().clean(command);
        return hub.store()
                .write(
                        "graph.start",
                        unit -> Creating.createOrFind(
                                unit,
                                "graph-run",
                                clean,
                                clean.id(),
                                clean.idempotencyKey(),
                                id -> reach.found(
                                        unit.graphRuns().find(new GraphRunId(id)),
                                        GraphRun::projectId,
                                        clean.projectId()),
                                () -> new GraphDesk(graphs).start(unit, clean, caller),
                                graph -> graph.id().value()));
    }

    @Override
    public GraphRun get(GraphRunId id) {
        Permission.SEE_GRAPH_RUNS.require(caller);
        return hub.store().read(view -> reach.in(view).graphRuns().get(id));
    }

    @Override
    public Page<GraphRun> list(GraphRunFilter filter, PageRequest page) {
        Permission.SEE_GRAPH_RUNS.require(caller);
        return hub.store().read(view -> reach.in(view).graphRuns().list(filter, page));
    }

    @Override
    public GraphState state(GraphRunId id) {
        Permission.SEE_GRAPH_RUNS.require(caller);
        return hub.store()
                .read(view -> GraphStates.of(view, reach.in(view).graphRuns().get(id)));
    }

    @Override
    public GraphRun pause(GraphRunId id) {
        return move("graph.pause", id, GraphRunMove.PAUSE);
    }

    @Override
    public GraphRun resume(GraphRunId id) {
        return move("graph.resume", id, GraphRunMove.RESUME);
    }

    private GraphRun move(String what, GraphRunId id, GraphRunMove move) {
        Permission.STEER_GRAPH_RUNS.require(caller);
        return hub.store().write(what, unit -> {
            GraphRun graph = reach.in(unit).graphRuns().get(id);
            if (graph.state() == move.to()) {
                return graph;
            }
            GraphStep step = new GraphStep(graphs, unit, graph).move(move, by());
            List<Run> unused = step.advance();
            return step.graph();
        });
    }

    private Json.Obj by() {
        return Json.object("by", caller.name());
    }

    @Override
    public GraphRun retryFailed(GraphRunId id) {
        Permission.STEER_GRAPH_RUNS.require(caller);
        return hub.store().write("graph.retry", unit -> {
            GraphRun graph = reach.in(unit).graphRuns().get(id);
            GraphStep step = new GraphStep(graphs, unit, graph);
            boolean over = graph.state().isFinal() && graph.state() != GraphRunState.SUCCEEDED;
            if (over || graph.state() == GraphRunState.PROPOSED) {
                step.move(GraphRunMove.RETRY, by()); // refused where it is cancelled, or has not begun
            }
            if (graph.state() == GraphRunState.SUCCEEDED) {
                return graph;
            }
            // Somebody may have done, or freed, what it failed of: then there is nothing to try again, but it goes on.
            boolean changed = step.refresh();
            if (!step.retryFailed(caller.name()) && !changed) {
                return graph;
            }
            List<Run> unused = step.advance();
            return step.graph();
        });
    }

    @Override
    public GraphRun cancel(GraphRunId id) {
        Permission.STEER_GRAPH_RUNS.require(caller);
        List<Run> cancelled = new ArrayList<>();
        GraphRun graph = hub.store().write("graph.cancel", unit -> {
            cancelled.clear();
            GraphRun now = reach.in(unit).graphRuns().get(id);
            if (now.state() == GraphRunState.CANCELLED) {
                return now;
            }
            GraphStep step = new GraphStep(graphs, unit, now).move(GraphRunMove.CANCEL, by());
            if (now.state() == GraphRunState.PROPOSED && now.approvalId() != null) {
                graphs.approvals().expire(unit, now.approvalId());
            }
            cancelled.addAll(step.advance());
            return step.graph();
        });
        graphs.runs().flush(cancelled);
        return graph;
    }
}
