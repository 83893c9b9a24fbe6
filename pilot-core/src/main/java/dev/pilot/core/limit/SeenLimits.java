package dev.pilot.core.limit;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.Id;
import dev.pilot.api.run.BudgetScope;
import dev.pilot.api.run.Quota;
import dev.pilot.api.run.QuotaScope;
import dev.pilot.api.store.StoreView;
import dev.pilot.core.access.Reach;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a caller sees of quotas and shared budgets. Whoever is bound to projects sees those that hold for them, but what has been used
 * only of those that are theirs alone: of the others it would tell what others do.
 */
final class SeenLimits {
    private final StoreView seen;
    private final Reach reach;
    private final Set<String> projects;

    SeenLimits(StoreView view, Reach reach) {
        this.seen = reach.in(view);
        this.reach = reach;
        this.projects = reach.projects().stream().map(Id::value).collect(Collectors.toSet());
    }

    boolean isThere(QuotaScope scope, String key) {
        return !reach.isBound()
                || key.equals(Quota.EACH)
                || switch (scope) {
                    case OVERALL, PROVIDER, TOOL -> true;
                    case PROJECT -> projects.contains(key);
                    case REPOSITORY -> isUsed(key);
                };
    }

    boolean isThere(BudgetScope scope, String key) {
        return !reach.isBound()
                || key.equals(Quota.EACH)
                || switch (scope) {
                    case OVERALL, AGENT, PROVIDER -> true;
                    case PROJECT -> projects.contains(key);
                    case GRAPH_RUN -> isGraphRun(key);
                };
    }

    private boolean isUsed(String repo) {
        return reach.projects().stream()
                .flatMap(id -> seen.projects().find(id).stream())
                .anyMatch(project ->
                        project.repoId() != null && project.repoId().value().equals(repo));
    }

    private boolean isGraphRun(String key) {
        try {
            return seen.graphRuns().find(new GraphRunId(key)).isPresent();
        } catch (InvalidInput noId) {
            return false; // a budget may be set for any text
        }
    }

    <T> Map<String, T> of(QuotaScope scope, Map<String, T> used) {
        return !reach.isBound() ? used : scope == QuotaScope.PROJECT ? own(used) : Map.of();
    }

    <T> Map<String, T> of(BudgetScope scope, Map<String, T> used) {
        if (!reach.isBound()) {
            return used;
        }
        Map<String, T> own = new LinkedHashMap<>();
        used.forEach((key, level) -> {
            boolean isOurs = scope == BudgetScope.PROJECT
                    ? projects.contains(key)
                    : scope == BudgetScope.GRAPH_RUN && isGraphRun(key);
            if (isOurs) {
                own.put(key, level);
            }
        });
        return own;
    }

    private <T> Map<String, T> own(Map<String, T> used) {
        return used.entrySet().stream()
                .filter(entry -> projects.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
