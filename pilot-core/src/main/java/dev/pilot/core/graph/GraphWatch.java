package dev.pilot.core.graph;

import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.GraphRunMove;
import dev.pilot.api.run.GraphRunState;
import dev.pilot.api.run.Run;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Json;
import dev.pilot.core.project.TaskWatch;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Has the graph runs of a project follow what happens to its tasks. */
final class GraphWatch implements TaskWatch {
    private final GraphParts parts;

    GraphWatch(GraphParts parts) {
        this.parts = parts;
    }

    @Override
    public void touched(StoreUnit unit, ProjectId projectId, Set<TaskId> tasks) {
        for (GraphRun open : unit.graphRuns().open(projectId)) {
            current(unit, open).ifPresent(graph -> {
                GraphStep step = new GraphStep(parts, unit, graph);
                if (step.touched(tasks)) {
                    List<Run> unused = step.advance();
                }
            });
        }
    }

    /** The step of the one before may have touched it: what was listed then is not what it is now. */
    private static Optional<GraphRun> current(StoreUnit unit, GraphRun listed) {
        return unit.graphRuns()
                .find(listed.id())
                .filter(graph -> graph.state() == GraphRunState.RUNNING || graph.state() == GraphRunState.PAUSED);
    }

    @Override
    public void reshaped(StoreUnit unit, ProjectId projectId) {
        for (GraphRun open : unit.graphRuns().open(projectId)) {
            current(unit, open).ifPresent(graph -> {
                GraphStep step = new GraphStep(parts, unit, graph);
                if (step.refresh()) {
                    List<Run> unused = step.advance();
                }
            });
        }
    }

    @Override
    public void revived(StoreUnit unit, GraphRunId id) {
        Optional<GraphRun> failed = unit.graphRuns().find(id).filter(graph -> graph.state() == GraphRunState.FAILED);
        if (failed.isPresent()) {
            GraphStep step = new GraphStep(parts, unit, failed.get());
            step.refresh();
            List<Run> unused = step.move(GraphRunMove.RETRY, Json.object("reason", "a run goes on"))
                    .advance();
        }
    }
}
