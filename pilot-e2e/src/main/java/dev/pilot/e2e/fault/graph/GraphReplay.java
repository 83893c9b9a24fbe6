package dev.pilot.e2e.fault.graph;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.run.RunMove;
import dev.pilot.api.run.RunState;
import dev.pilot.api.value.Named;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.e2e.fault.Violations;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Goes through the log of what happened, and holds each moment of it against what a graph run promises. */
final class GraphReplay {
    private static final int PAGE = 500;

    private final Pilot pilot;
    private final RandomGraph graph;
    private final Map<String, TaskId> tasks;
    private final Violations violations;
    private final String name;

    GraphReplay(Pilot pilot, RandomGraph graph, Map<String, TaskId> tasks, Violations violations, String name) {
        this.pilot = pilot;
        this.graph = graph;
        this.tasks = tasks;
        this.violations = violations;
        this.name = name;
    }

    void look(ProjectId project, GraphRunId graphRun) {
        Map<TaskId, String> keys = new HashMap<>();
        tasks.forEach((key, id) -> keys.put(id, key));
        Map<RunId, String> runs = new HashMap<>();
        List<Run> all = pilot.runs()
                .list(RunFilter.builder().graphRunId(graphRun).build(), PageRequest.first(PAGE))
                .items();
        for (Run run : all) {
            String key = requireNonNull(keys.get(requireNonNull(run.taskId())));
            violations.count(name + ".one-run-each", !runs.containsValue(key), "a second run for " + key);
            runs.put(run.id(), key);
        }
        Set<String> done = new HashSet<>();
        graph.needs().keySet().stream()
                .filter(key -> graph.fate(key) == RandomGraph.Fate.DONE_BEFORE)
                .forEach(done::add);
        Set<RunId> open = new HashSet<>();
        long after = 0;
        for (boolean more = true; more; ) {
            Page<Event> page = pilot.events().list(new EventFilter(null, null, project, "status"), after, PAGE);
            for (Event event : page.items()) {
                RunId run = event.runId();
                if (run != null && runs.containsKey(run)) {
                    take(event, run, requireNonNull(runs.get(run)), done, open);
                }
            }
            more = page.next() != null;
            after = more ? Long.parseLong(requireNonNull(page.next())) : after;
        }
    }

    private void take(Event event, RunId run, String key, Set<String> done, Set<RunId> open) {
        RunState to = Named.parse(RunState.class, requireNonNull(event.data().text("to")), "to");
        if (RunMove.CLAIM.wire().equals(event.data().text("move"))) {
            List<String> needed = requireNonNull(graph.needs().get(key));
            violations.count(
                    name + ".after-its-dependencies", done.containsAll(needed), key + " began before " + needed);
        }
        if (to.isFinal()) {
            open.remove(run);
        } else {
            open.add(run);
        }
        if (to == RunState.SUCCEEDED) {
            done.add(key);
        }
        violations.count(
                name + ".most-at-once",
                open.size() <= graph.maxActive(),
                open.size() + " runs where " + graph.maxActive() + " may be, at " + event.position());
    }
}
