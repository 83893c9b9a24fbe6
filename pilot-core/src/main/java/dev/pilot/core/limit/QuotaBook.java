package dev.pilot.core.limit;

import dev.pilot.api.error.OverLimit;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.Quota;
import dev.pilot.api.run.QuotaScope;
import dev.pilot.api.run.Run;
import dev.pilot.api.store.ActiveRuns;
import dev.pilot.api.store.Caps;
import dev.pilot.api.store.ClaimFilter;
import dev.pilot.api.store.StoreView;
import dev.pilot.core.access.Reach;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the quotas allow and what counts against them, as one unit of work sees it. It is counted anew from the leases that there are, so
 * it can't drift from them; and since all that write take turns, nobody else claims between the count and the commit.
 */
public final class QuotaBook {
    private final StoreView view;
    private final List<Quota> quotas;
    private final Map<QuotaScope, Map<String, Integer>> limits = new EnumMap<>(QuotaScope.class);
    private final Map<QuotaScope, Map<String, Integer>> active = new EnumMap<>(QuotaScope.class);
    private final BudgetBook budgets;
    private boolean counted;

    /**
     * A quota that has no room for a run.
     *
     * @param scope its scope
     * @param key which of the scope
     * @param max how many it allows
     * @param active how many count against it
     */
    public record Full(QuotaScope scope, String key, int max, int active) {
        /**
         * How much is active is told to those whose runs these are.
         *
         * @param reach how far whoever asks sees
         * @return whether it is told
         */
        public boolean tells(Reach reach) {
            return !reach.isBound() || scope == QuotaScope.PROJECT;
        }
    }

    private QuotaBook(StoreView view) {
        this.view = view;
        Caps caps = view.budgets().caps();
        quotas = caps.quotas();
        budgets = new BudgetBook(view, caps.budgets());
        for (Quota quota : quotas) {
            limits.computeIfAbsent(quota.scope(), scope -> new HashMap<>()).put(quota.key(), quota.max());
        }
        if (!limits.isEmpty()) {
            count();
        }
    }

    /** What is active, once; where there is no quota, only if somebody asks. Runs that were taken before are not in the store yet. */
    private void count() {
        if (counted) {
            return;
        }
        counted = true;
        for (ActiveRuns runs : view.runs().active()) {
            count(QuotaScope.OVERALL, Quota.EACH, runs.count());
            count(QuotaScope.PROJECT, runs.projectId().value(), runs.count());
            if (runs.repoId() != null) {
                count(QuotaScope.REPOSITORY, runs.repoId().value(), runs.count());
            }
            if (runs.provider() != null) {
                count(QuotaScope.PROVIDER, runs.provider(), runs.count());
            }
        }
        if (limits.containsKey(QuotaScope.TOOL)) {
            view.runs().activeByTool().forEach((tool, runs) -> count(QuotaScope.TOOL, tool, runs));
        }
    }

    /**
     * Reads it.
     *
     * @param view what there is, all of it
     * @return what every quota leaves
     */
    public static QuotaBook read(StoreView view) {
        return new QuotaBook(view);
    }

    List<Quota> quotas() {
        return quotas;
    }

    /** What counts against a quota, by key. */
    Map<String, Integer> activeOf(Quota quota) {
        Map<String, Integer> counts = active.getOrDefault(quota.scope(), Map.of());
        if (quota.scope() == QuotaScope.OVERALL) {
            return counts;
        }
        Map<String, Integer> own = limits.getOrDefault(quota.scope(), Map.of());
        return counts.entrySet().stream()
                .filter(count -> quota.key().equals(Quota.EACH)
                        ? !own.containsKey(count.getKey())
                        : quota.key().equals(count.getKey()))
                .filter(count -> count.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * How many runs of a project are active, those taken from this book included.
     *
     * @param project the project
     * @return how many
     */
    public int active(ProjectId project) {
        count();
        return active(QuotaScope.PROJECT, project.value());
    }

    private int active(QuotaScope scope, String key) {
        return active.getOrDefault(scope, Map.of()).getOrDefault(key, 0);
    }

    private void count(QuotaScope scope, String key, int runs) {
        active.computeIfAbsent(scope, same -> new HashMap<>()).merge(key, runs, Integer::sum);
    }

    private @Nullable Integer limit(QuotaScope scope, String key) {
        Map<String, Integer> ofScope = limits.getOrDefault(scope, Map.of());
        Integer own = ofScope.get(key);
        return own == null ? ofScope.get(Quota.EACH) : own;
    }

    /**
     * Counts a run that is about to be claimed, if every quota and every budget has room for it.
     *
     * @param run the run
     * @return whether it was counted
     */
    public boolean take(Run run) {
        List<Full> full = full(run);
        if (!full.isEmpty()) {
            // From now on it is known, even if nothing is active of it, and the next look leaves it out.
            full.forEach(quota -> count(quota.scope(), quota.key(), 0));
            return false;
        }
        if (!budgets.take(run)) {
            return false;
        }
        keys(run).forEach((scope, keys) -> keys.forEach(key -> count(scope, key, 1)));
        return true;
    }

    /**
     * The quotas that have no room for a run.
     *
     * @param run the run
     * @return none if there is room
     */
    public List<Full> full(Run run) {
        if (limits.isEmpty()) {
            return List.of();
        }
        List<Full> full = new ArrayList<>();
        keys(run).forEach((scope, keys) -> {
            for (String key : keys) {
                Integer limit = limit(scope, key);
                int now = active(scope, key);
                if (limit != null && now >= limit) {
                    full.add(new Full(scope, key, limit, now));
                }
            }
        });
        return full;
    }

    /**
     * Counts a run that starts without being claimed; refuses it where a quota has no room for it.
     *
     * @param run the run
     * @param reach how far the caller sees, who is told why
     * @throws OverLimit if a quota or a budget has no room
     */
    public void require(Run run, Reach reach) {
        List<Full> full = full(run);
        if (!full.isEmpty()) {
            Full first = full.get(0);
            throw new OverLimit(
                    "quota-full",
                    "The quota of " + first.max() + " for " + describe(first) + " is used up"
                            + (first.tells(reach) ? " (" + first.active() + " active)" : "") + ": wait, or raise it.");
        }
        List<BudgetBook.Lack> lacks = budgets.lacks(run);
        if (!lacks.isEmpty()) {
            throw new OverLimit(
                    "budget-used-up",
                    "The budget has no room: " + lacks.get(0).describe(reach) + ". Wait, raise it, or ask for less.");
        }
        take(run);
    }

    /**
     * The budgets that have no room for a run.
     *
     * @param run the run
     * @return none if there is room
     */
    public List<BudgetBook.Lack> lacks(Run run) {
        return budgets.lacks(run);
    }

    /**
     * What a quota is for, to people.
     *
     * @param full the quota
     * @return such as {@code project prj_1}
     */
    public static String describe(Full full) {
        return full.scope() == QuotaScope.OVERALL ? "all runs" : full.scope().wire() + " " + full.key();
    }

    private static Map<QuotaScope, Set<String>> keys(Run run) {
        Map<QuotaScope, Set<String>> keys = new EnumMap<>(QuotaScope.class);
        keys.put(QuotaScope.OVERALL, Set.of(Quota.EACH));
        keys.put(QuotaScope.PROJECT, Set.of(run.projectId().value()));
        if (run.repoId() != null) {
            keys.put(QuotaScope.REPOSITORY, Set.of(run.repoId().value()));
        }
        if (run.profile().provider() != null) {
            keys.put(QuotaScope.PROVIDER, Set.of(run.profile().provider()));
        }
        keys.put(QuotaScope.TOOL, Set.copyOf(run.profile().tools()));
        return keys;
    }

    /**
     * Whether no run at all can be taken.
     *
     * @return whether the quota of all runs is used up
     */
    public boolean isShut() {
        return isShut(QuotaScope.OVERALL, Quota.EACH);
    }

    /**
     * Whether no run of a project can be taken.
     *
     * @param project the project
     * @return whether its quota is used up
     */
    public boolean isShut(ProjectId project) {
        return isShut(QuotaScope.PROJECT, project.value());
    }

    private boolean isShut(QuotaScope scope, String key) {
        Integer limit = limit(scope, key);
        return limit != null && active(scope, key) >= limit;
    }

    /**
     * What a worker may take, without those that no quota has room for.
     *
     * @param request what it asks for
     * @return what to look for
     */
    public ClaimFilter filter(ClaimRequest request) {
        return new ClaimFilter(
                request.labels(),
                request.runners(),
                shut(QuotaScope.REPOSITORY, RepoId::new),
                shut(QuotaScope.PROVIDER, Function.identity()),
                shut(QuotaScope.TOOL, Function.identity()),
                budgets.spent());
    }

    /** Those that are known to have no room. */
    private <T> Set<T> shut(QuotaScope scope, Function<String, T> key) {
        Map<String, Integer> ofScope = limits.get(scope);
        if (ofScope == null) {
            return Set.of();
        }
        Set<String> known = new HashSet<>(ofScope.keySet());
        known.addAll(active.getOrDefault(scope, Map.of()).keySet());
        known.remove(Quota.EACH);
        return known.stream().filter(name -> isShut(scope, name)).map(key).collect(Collectors.toSet());
    }
}
