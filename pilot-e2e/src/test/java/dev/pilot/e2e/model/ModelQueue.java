package dev.pilot.e2e.model;

import dev.pilot.api.run.RunState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All runs of the model, in the order in which they were made, and who is next. */
final class ModelQueue {
    final List<ModelRun> runs = new ArrayList<>();
    /** How many runs of each project may be active at once. */
    int most = Integer.MAX_VALUE;

    private long active(int project) {
        return runs.stream()
                .filter(run -> run.project == project && run.isActive())
                .count();
    }

    /** Who is next, though the one before is not claimed yet: priority, the project that has least, age; no quota is exceeded. */
    List<ModelRun> next(int limit) {
        List<ModelRun> next = new ArrayList<>();
        List<ModelRun> queued = new ArrayList<>(
                runs.stream().filter(run -> run.state == RunState.QUEUED).toList());
        while (next.size() < limit) {
            Optional<ModelRun> best = queued.stream()
                    .filter(run -> taken(run.project, next) < most)
                    .min(Comparator.<ModelRun>comparingInt(run -> run.priority)
                            .thenComparingLong(run -> taken(run.project, next)));
            if (best.isEmpty()) {
                break;
            }
            next.add(best.get());
            queued.remove(best.get());
        }
        return next;
    }

    private long taken(int project, List<ModelRun> next) {
        return active(project)
                + next.stream().filter(run -> run.project == project).count();
    }
}
