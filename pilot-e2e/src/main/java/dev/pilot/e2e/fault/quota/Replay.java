package dev.pilot.e2e.fault.quota;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunState;
import dev.pilot.e2e.fault.Violations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts, from the status events in their order, how many runs were active at each moment. */
final class Replay {
    private final List<Limit> limits;
    private final Map<RunId, Run> runs;
    private final Map<RunId, Boolean> active = new HashMap<>();
    private final Map<RunId, Integer> ends = new HashMap<>();
    /** What is active now, and the most that ever was, by limit and key. */
    private final Map<Limit, Map<String, Integer>> counts = new HashMap<>();

    private final Map<Limit, Integer> most = new HashMap<>();

    Replay(List<Limit> limits, Map<RunId, Run> runs) {
        this.limits = limits;
        this.runs = runs;
    }

    void replay(List<Event> events, String name, Violations violations) {
        for (Event event : events) {
            Run run = event.runId() == null ? null : runs.get(event.runId());
            if (run != null && event.type().equals("status")) {
                RunState state = RunState.valueOf(requireNonNull(event.data().text("to")));
                if (state == RunState.SUCCEEDED) {
                    ends.merge(run.id(), 1, Integer::sum);
                }
                step(run, state, event, name, violations);
            }
        }
    }

    private void step(Run run, RunState state, Event event, String name, Violations violations) {
        boolean before = active.getOrDefault(run.id(), false);
        boolean now = state.isLeased();
        active.put(run.id(), now);
        if (before == now) {
            return;
        }
        for (Limit limit : limits) {
            Map<String, Integer> ofLimit = counts.computeIfAbsent(limit, none -> new HashMap<>());
            for (String key : limit.keys(run)) {
                int count = ofLimit.merge(key, now ? 1 : -1, Integer::sum);
                most.merge(limit, count, Math::max);
                violations.count(
                        name + ".exceeded",
                        count <= limit.max(),
                        count + " active for " + key + " of " + limit + " at position " + event.position());
            }
        }
    }

    /** How often a run has ended well. */
    int ends(RunId run) {
        return ends.getOrDefault(run, 0);
    }

    /** The most that were ever active under one key of a limit. */
    int most(Limit limit) {
        return most.getOrDefault(limit, 0);
    }
}
