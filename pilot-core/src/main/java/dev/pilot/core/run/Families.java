package dev.pilot.core.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.OverLimit;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.Run;
import dev.pilot.api.store.StoreView;
import dev.pilot.core.limit.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives child runs their share of their parents' budgets, as one unit of work sees them: at most what the parent has left, without what its
 * other unfinished children may still use.
 */
final class Families {
    private final StoreView view;
    /** Children that are made in this unit, and not in the store yet. */
    private final Map<RunId, List<Run>> made = new HashMap<>();

    Families(StoreView view) {
        this.view = view;
    }

    /**
     * A run with its share, if it has a parent.
     *
     * @throws InvalidInput if it can't be that run's child
     * @throws NotAllowed if the parent is over
     * @throws OverLimit if the parent has nothing left to give
     */
    Run share(Run child) {
        RunId id = child.parentId();
        if (id == null) {
            return child;
        }
        Run parent = view.runs().find(id).orElseThrow(() -> InvalidInput.of("parentId", "there is no run " + id));
        check(child, parent);
        List<Run> siblings = new ArrayList<>(view.runs().unfinishedChildren(id));
        siblings.addAll(made.getOrDefault(id, List.of()));
        Budget.Builder budget = child.budget().toBuilder();
        for (Metric metric : Metric.values()) {
            Long left = metric.left(parent);
            if (left == null) {
                continue;
            }
            if (Metric.SHARED.contains(metric)) {
                left -= siblings.stream()
                        .mapToLong(sibling -> given(metric, sibling))
                        .sum();
                if (left <= 0) {
                    throw new OverLimit(
                            "parent-budget",
                            "Run " + id + " has no " + metric.wire()
                                    + " left to give: wait for its other child runs, or extend its budget.");
                }
            }
            Long asked = metric.limit(child.budget());
            metric.limit(budget, asked == null ? left : (Long) Math.min(asked, left));
        }
        Run shared = child.toBuilder().budget(budget.build()).build();
        made.computeIfAbsent(id, same -> new ArrayList<>()).add(shared);
        return shared;
    }

    private static long given(Metric metric, Run sibling) {
        Long left = metric.left(sibling);
        return left == null ? 0 : left;
    }

    private void check(Run child, Run parent) {
        if (!parent.projectId().equals(child.projectId())) {
            throw InvalidInput.of("parentId", "run " + parent.id() + " is of another project");
        }
        if (parent.state().isFinal()) {
            throw new NotAllowed(
                    "parent-over",
                    "Run " + parent.id() + " is " + parent.state().wire() + ": it can't have child runs any more.");
        }
        int depth = 1;
        Run above = parent;
        while (above.parentId() != null) {
            above = view.runs().find(above.parentId()).orElse(null);
            if (above == null) {
                return;
            }
            if (++depth > RunBudgets.DEPTH) {
                throw InvalidInput.of("parentId", "would be more than " + RunBudgets.DEPTH + " runs below each other");
            }
        }
    }
}
