package dev.pilot.core.limit;

import static java.util.Objects.requireNonNullElse;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.BudgetLevel;
import dev.pilot.api.run.BudgetPeriod;
import dev.pilot.api.run.BudgetScope;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.ScopeBudget;
import dev.pilot.api.run.Spending;
import dev.pilot.api.store.ClaimFilter;
import dev.pilot.api.store.ScopeSpent;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Json;
import dev.pilot.core.access.Reach;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the budgets of scopes leave, as one unit of work sees it. What is reserved is added up anew from the runs that hold a lease, so it
 * can't drift from them.
 */
public final class BudgetBook {
    /** So many runs that need more than there is left are passed over in one look; then the rest of the scope's are left out. */
    private static final int PATIENCE = 200;

    private final ScopeLimits limits;
    private final Instant now;
    private final Map<RunId, Run> active = new HashMap<>();
    private final Map<Slot, Account> accounts = new HashMap<>();

    /** What one slot has spent and reserved. */
    private static final class Account {
        private final Map<BudgetPeriod, Spending> spent = new EnumMap<>(BudgetPeriod.class);
        private final Map<Metric, Long> reserved = new EnumMap<>(Metric.class);
        private int passedOver;

        long spent(BudgetPeriod period, Metric metric) {
            return metric.of(spent.getOrDefault(period, Spending.NONE));
        }

        long reserved(Metric metric) {
            return reserved.getOrDefault(metric, 0L);
        }
    }

    /**
     * A budget that lacks room for a run.
     *
     * @param slot what it is counted for
     * @param period over what time
     * @param metric which of its limits
     * @param allowed the limit
     * @param spent what was used of it
     * @param reserved what those that are at work may still use
     */
    public record Lack(Slot slot, BudgetPeriod period, Metric metric, long allowed, long spent, long reserved) {
        /** What is used of it is told to those whose runs use it. */
        private boolean tells(Reach reach) {
            return !reach.isBound() || slot.scope() == BudgetScope.PROJECT || slot.scope() == BudgetScope.GRAPH_RUN;
        }

        /**
         * Says it to people.
         *
         * @param reach how far whoever is told sees
         * @return the limit, and what is used of it if that may be told
         */
        public String describe(Reach reach) {
            String limit = metric.wire() + " of " + slot.describe() + (period == BudgetPeriod.DAY ? " today" : "");
            return tells(reach)
                    ? limit + ": " + spent + " spent and " + reserved + " reserved of " + allowed
                    : limit + ", which is " + allowed;
        }

        /**
         * Says it to programs.
         *
         * @param reach how far whoever is told sees
         * @return the same as {@link #describe}, field by field
         */
        public Json.Obj data(Reach reach) {
            Json.Obj limit = Json.object(
                    "scope", slot.scope(),
                    "key", slot.key(),
                    "period", period,
                    "limit", metric.wire(),
                    "allowed", allowed);
            return tells(reach) ? limit.with("spent", spent).with("reserved", reserved) : limit;
        }
    }

    BudgetBook(StoreView view, List<ScopeBudget> budgets) {
        limits = new ScopeLimits(budgets);
        now = budgets.isEmpty() ? Instant.EPOCH : view.now();
        if (!limits.isEmpty()) {
            for (ScopeSpent spent : view.budgets().spent(ScopeLimits.day(now))) {
                account(new Slot(spent.scope(), spent.key())).spent.put(spent.period(), spent.spent());
            }
            List<Run> leased = view.runs().leased(Integer.MAX_VALUE);
            leased.forEach(run -> active.put(run.id(), run));
            leased.forEach(this::reserve);
        }
    }

    /**
     * Reads it.
     *
     * @param view what there is, all of it
     * @return what every budget leaves
     */
    public static BudgetBook read(StoreView view) {
        return new BudgetBook(view, view.budgets().list());
    }

    private Account account(Slot slot) {
        return accounts.computeIfAbsent(slot, same -> new Account());
    }

    private void reserve(Run run) {
        for (Slot slot : limits.slots(run)) {
            for (Metric metric : Metric.SCOPED) {
                account(slot).reserved.merge(metric, requireNonNullElse(need(run, slot, metric), 0L), Long::sum);
            }
        }
    }

    /** What a run takes from a slot by holding a lease; null where it has no limit of its own, which reserves nothing. */
    private @Nullable Long need(Run run, Slot slot, Metric metric) {
        Long left = metric.left(run);
        if (metric == Metric.WALL) {
            // What has passed, but is settled only at the attempt's end.
            long passed = run.wallMillisAt(now) - run.usage().wallMillis();
            return left == null ? (passed == 0 ? null : (Long) passed) : (Long) Math.max(left, passed);
        }
        return left != null && isCovered(run, slot, metric) ? (Long) 0L : left;
    }

    /** Whether a parent that is at work has reserved it: what a child uses is its parent's, too. */
    private boolean isCovered(Run run, Slot slot, Metric metric) {
        Run parent = run.parentId() == null ? null : active.get(run.parentId());
        while (parent != null) {
            if (metric.limit(parent.budget()) != null && limits.slots(parent).contains(slot)) {
                return true;
            }
            parent = parent.parentId() == null ? null : active.get(parent.parentId());
        }
        return false;
    }

    /** Reserves for a run that is about to be claimed, if every budget has room for it. */
    boolean take(Run run) {
        if (limits.isEmpty()) {
            return true;
        }
        List<Lack> lacks = lacks(run);
        if (!lacks.isEmpty()) {
            lacks.stream().map(Lack::slot).distinct().forEach(slot -> account(slot).passedOver++);
            return false;
        }
        active.put(run.id(), run);
        reserve(run);
        return true;
    }

    /** The budgets that have no room for a run that is not active. */
    List<Lack> lacks(Run run) {
        return find(run, (budget, slot, metric, allowed) -> {
            Long need = need(run, slot, metric);
            long free = allowed
                    - account(slot).spent(budget.period(), metric)
                    - account(slot).reserved(metric);
            return need == null ? free <= 0 : need > free;
        });
    }

    /**
     * The budgets beyond which an active run is. One with a limit of its own has reserved what it may use; without one it uses what is
     * left.
     *
     * @param run the run
     * @return none if there is room
     */
    public List<Lack> exceeded(Run run) {
        return find(
                run,
                (budget, slot, metric, allowed) ->
                        metric.limit(run.budget()) == null && free(budget, slot, metric, allowed) < 0);
    }

    /**
     * The budgets in which an active run has no room to go on, all that it may still use included.
     *
     * @param run the run
     * @return none if there is room
     */
    public List<Lack> shut(Run run) {
        return find(run, (budget, slot, metric, allowed) -> {
            long free = free(budget, slot, metric, allowed);
            return metric.limit(run.budget()) == null ? free <= 0 : free < 0;
        });
    }

    private long free(ScopeBudget budget, Slot slot, Metric metric, long allowed) {
        return allowed
                - account(slot).spent(budget.period(), metric)
                - account(slot).reserved(metric);
    }

    private interface Rule {
        boolean lacks(ScopeBudget budget, Slot slot, Metric metric, long allowed);
    }

    private List<Lack> find(Run run, Rule rule) {
        List<Lack> lacks = new ArrayList<>();
        for (Slot slot : limits.slots(run)) {
            for (ScopeBudget budget : limits.of(slot)) {
                for (Metric metric : Metric.SCOPED) {
                    Long allowed = metric.limit(budget.limits());
                    if (allowed != null && rule.lacks(budget, slot, metric, allowed)) {
                        lacks.add(new Lack(
                                slot,
                                budget.period(),
                                metric,
                                allowed,
                                account(slot).spent(budget.period(), metric),
                                account(slot).reserved(metric)));
                    }
                }
            }
        }
        return lacks;
    }

    /** What is known to have no room. */
    ClaimFilter.Spent spent() {
        if (limits.isEmpty()) {
            return ClaimFilter.Spent.NONE;
        }
        Map<BudgetScope, Set<String>> shut = accounts.keySet().stream()
                .filter(this::isShut)
                .collect(Collectors.groupingBy(Slot::scope, Collectors.mapping(Slot::key, Collectors.toSet())));
        return new ClaimFilter.Spent(
                shut.containsKey(BudgetScope.OVERALL) || isShut(new Slot(BudgetScope.OVERALL, ScopeBudget.EACH)),
                ids(shut, BudgetScope.PROJECT, ProjectId::new),
                ids(shut, BudgetScope.AGENT, AgentId::new),
                ids(shut, BudgetScope.PROVIDER, Function.identity()),
                ids(shut, BudgetScope.GRAPH_RUN, GraphRunId::new));
    }

    private static <T> Set<T> ids(Map<BudgetScope, Set<String>> shut, BudgetScope scope, Function<String, T> id) {
        return shut.getOrDefault(scope, Set.of()).stream().map(id).collect(Collectors.toSet());
    }

    private boolean isShut(Slot slot) {
        Account account = accounts.get(slot);
        if (account != null && account.passedOver >= PATIENCE) {
            return true;
        }
        for (ScopeBudget budget : limits.of(slot)) {
            for (Metric metric : Metric.SCOPED) {
                Long allowed = metric.limit(budget.limits());
                long taken = account == null ? 0 : account.spent(budget.period(), metric) + account.reserved(metric);
                if (allowed != null && taken >= allowed) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The runs that hold a lease.
     *
     * @return in no order; none where there is no budget
     */
    public Collection<Run> active() {
        return active.values();
    }

    /** What counts against a budget, by key. */
    Map<String, BudgetLevel> levels(ScopeBudget budget, int most) {
        return accounts.entrySet().stream()
                .filter(entry -> entry.getKey().scope() == budget.scope()
                        && limits.of(entry.getKey()).contains(budget))
                .map(entry -> Map.entry(entry.getKey().key(), level(budget, entry.getValue())))
                .filter(entry -> !entry.getValue().spent().equals(Spending.NONE)
                        || !entry.getValue().reserved().equals(Spending.NONE))
                .sorted(Map.Entry.comparingByKey())
                .limit(most)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static BudgetLevel level(ScopeBudget budget, Account account) {
        return new BudgetLevel(
                account.spent.getOrDefault(budget.period(), Spending.NONE),
                new Spending(
                        account.reserved(Metric.WALL),
                        account.reserved(Metric.TOKENS),
                        account.reserved(Metric.COST),
                        account.reserved(Metric.TOOL_CALLS)));
    }
}
