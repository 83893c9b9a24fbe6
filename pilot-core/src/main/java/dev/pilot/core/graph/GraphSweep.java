package dev.pilot.core.graph;

import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.GraphRunState;
import dev.pilot.api.run.Run;
import dev.pilot.api.store.GraphNode;
import dev.pilot.core.system.HubContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what steps of graph runs have left to be done: one bounded step after another, so that other writers get their turns in between.
 * Now and then it also looks whether a graph run is as all that is recorded says; so it does once at start-up.
 */
final class GraphSweep {
    private static final Logger LOG = LoggerFactory.getLogger(GraphSweep.class);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    private static final int MOST = 100;

    private final HubContext hub;
    private final GraphParts parts;
    private final Map<GraphRunId, Instant> looked = new HashMap<>();

    GraphSweep(HubContext hub, GraphParts parts) {
        this.hub = hub;
        this.parts = parts;
    }

    /** Does what is left to be done. For one thread at a time. */
    synchronized void due() {
        Set<GraphRunId> failed = new HashSet<>();
        List<GraphRunId> due = hub.store().read(view -> view.graphRuns().due(MOST));
        while (!due.isEmpty()) {
            for (GraphRunId id : due) {
                try {
                    step(id);
                } catch (RuntimeException waits) {
                    LOG.warn("Graph run {} could not go on: {}", id, waits.getMessage(), waits);
                    failed.add(id);
                }
            }
            due = hub.store().read(view -> view.graphRuns().due(MOST)).stream()
                    .filter(id -> !failed.contains(id))
                    .toList();
        }
    }

    private void step(GraphRunId id) {
        List<Run> cancelled = hub.store()
                .write(
                        "graph.step",
                        unit -> new GraphStep(parts, unit, unit.graphRuns().get(id)).advance());
        parts.runs().flush(cancelled);
    }

    /** Does what is left to be done, and looks at those that have not been looked at for some time. */
    synchronized void sweep() {
        due();
        List<GraphRunId> open = hub.store().read(view -> view.graphRuns().open(MOST));
        looked.keySet().retainAll(open);
        Instant now = hub.store().read(view -> view.now());
        for (GraphRunId id : open) {
            Instant last = looked.get(id);
            if (last == null || Duration.between(last, now).compareTo(LOOK_EVERY) >= 0) {
                looked.put(id, now);
                try {
                    look(id);
                } catch (RuntimeException failure) {
                    LOG.warn("Graph run {} could not be looked at: {}", id, failure.getMessage(), failure);
                }
            }
        }
    }

    private void look(GraphRunId id) {
        boolean differs = hub.store().read(view -> {
            GraphRun graph = view.graphRuns().get(id);
            List<GraphNode> nodes = view.graphRuns().nodes(id);
            return !GraphRules.settled(view, graph, nodes).equals(nodes);
        });
        if (differs) {
            boolean mended = hub.store().write("graph.look", unit -> {
                GraphRun graph = unit.graphRuns().get(id);
                boolean open = graph.state() == GraphRunState.RUNNING || graph.state() == GraphRunState.PAUSED;
                GraphStep step = new GraphStep(parts, unit, graph);
                boolean changed = open && step.refresh();
                if (changed) {
                    List<Run> unused = step.advance();
                }
                return changed;
            });
            if (mended) {
                LOG.warn("Graph run {} was not as its tasks and runs say, and has been put right.", id);
            }
        }
    }
}
