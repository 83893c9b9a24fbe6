package dev.pilot.e2e.fault.graph;

import dev.pilot.api.project.Plan;
import dev.pilot.api.project.PlanTask;
import dev.pilot.api.run.GraphNodeState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * Tasks that depend on each other at random, each with what happens when it is carried out; and the plain model of how they end, which
 * knows nothing but this.
 */
final class RandomGraph {
    /** What happens when a task is carried out. */
    enum Fate {
        GOOD,
        /** The first attempt fails. */
        GOOD_AT_LAST,
        BAD,
        /** A person has done it before. */
        DONE_BEFORE
    }

    private static final int FEWEST = 15;
    private static final int MOST = 45;
    private static final int MOST_NEEDED = 4;

    private final Map<String, List<String>> needs = new LinkedHashMap<>();
    private final Map<String, Fate> fates = new HashMap<>();
    private final int maxActive;

    RandomGraph(Random random) {
        int size = FEWEST + random.nextInt(MOST - FEWEST);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            TreeSet<String> needed = new TreeSet<>();
            for (int j = random.nextInt(MOST_NEEDED); j > 0 && !keys.isEmpty(); j--) {
                needed.add(keys.get(random.nextInt(keys.size())));
            }
            String key = "t" + i;
            needs.put(key, List.copyOf(needed));
            fates.put(key, fate(random.nextInt(20)));
            keys.add(key);
        }
        maxActive = 1 + random.nextInt(5);
    }

    private static Fate fate(int dice) {
        if (dice < 2) {
            return Fate.BAD;
        } else if (dice < 5) {
            return Fate.GOOD_AT_LAST;
        }
        return dice == 5 ? Fate.DONE_BEFORE : Fate.GOOD;
    }

    int maxActive() {
        return maxActive;
    }

    Map<String, List<String>> needs() {
        return needs;
    }

    Fate fate(String key) {
        return fates.getOrDefault(key, Fate.GOOD);
    }

    Plan plan() {
        return new Plan(needs.entrySet().stream()
                .map(task -> PlanTask.builder(task.getKey(), task.getKey())
                        .dependsOn(task.getValue())
                        .build())
                .toList());
    }

    /** How the tasks end. */
    Map<String, GraphNodeState> ends() {
        Map<String, GraphNodeState> ends = new LinkedHashMap<>();
        // A task only needs tasks that were made before it.
        needs.forEach((key, needed) -> {
            boolean ready = needed.stream().allMatch(one -> ends.get(one) == GraphNodeState.DONE);
            Fate fate = fate(key);
            GraphNodeState end = GraphNodeState.DONE;
            if (fate != Fate.DONE_BEFORE && !ready) {
                end = GraphNodeState.BLOCKED;
            } else if (fate == Fate.BAD) {
                end = GraphNodeState.FAILED;
            }
            ends.put(key, end);
        });
        return ends;
    }
}
