package dev.pilot.core.event;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.StoreView;
import dev.pilot.core.access.Reach;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events of a caller who is bound to projects: each is of one of them, and in nobody else's thread. */
final class BoundEvents {
    private final StoreView seen;
    private final Reach reach;
    /** Events come in sets, mostly of one run. */
    private final Map<RunId, Run> runs = new HashMap<>();

    BoundEvents(StoreView view, Reach reach) {
        this.seen = reach.in(view);
        this.reach = reach;
    }

    /**
     * Says whose each is, where it doesn't itself.
     *
     * @param events the events
     * @return the same, each with its project
     * @throws NotFound if one names what is out of reach
     * @throws InvalidInput if one doesn't tell its project
     */
    List<NewEvent> place(List<NewEvent> events) {
        List<NewEvent> placed = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            NewEvent event = events.get(i);
            Run run = event.runId() == null ? null : run(event.runId());
            ProjectId project = project(event, run, i);
            require(event.subject());
            placed.add(event.toBuilder().projectId(project).build());
        }
        return placed;
    }

    private Run run(RunId id) {
        return runs.computeIfAbsent(id, wanted -> seen.runs().get(wanted));
    }

    private ProjectId project(NewEvent event, @Nullable Run run, int index) {
        ProjectId named = event.projectId();
        if (named != null) {
            reach.require(named);
            if (run != null && !run.projectId().equals(named)) {
                throw InvalidInput.of("events[" + index + "].projectId", "is not the project of run " + run.id());
            }
            return named;
        }
        if (run != null) {
            return run.projectId();
        }
        if (event.subject().type().equals("project")) {
            return new ProjectId(event.subject().id());
        }
        throw InvalidInput.of("events[" + index + "].projectId", "is required of who is bound to projects");
    }

    private void require(Subject subject) {
        String id = subject.id();
        switch (subject.type()) {
            case "project" -> reach.require(new ProjectId(id));
            case "task" -> seen.tasks().get(new TaskId(id));
            case "run" -> run(new RunId(id));
            case "graph-run" -> seen.graphRuns().get(new GraphRunId(id));
            case "approval" -> seen.approvals().get(new ApprovalId(id));
            default -> {
                // a word of the caller's own: its event is of the project all the same
            }
        }
    }
}
