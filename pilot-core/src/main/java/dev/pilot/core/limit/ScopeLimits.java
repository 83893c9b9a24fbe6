package dev.pilot.core.limit;

import dev.pilot.api.run.BudgetPeriod;
import dev.pilot.api.run.BudgetScope;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.ScopeBudget;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which budgets hold for which run. */
final class ScopeLimits {
    private final List<ScopeBudget> budgets;
    private final Map<BudgetScope, Map<BudgetPeriod, Map<String, ScopeBudget>>> byScope =
            new EnumMap<>(BudgetScope.class);

    ScopeLimits(List<ScopeBudget> budgets) {
        this.budgets = budgets;
        for (ScopeBudget budget : budgets) {
            byScope.computeIfAbsent(budget.scope(), scope -> new EnumMap<>(BudgetPeriod.class))
                    .computeIfAbsent(budget.period(), period -> new HashMap<>())
                    .put(budget.key(), budget);
        }
    }

    static long day(Instant now) {
        return now.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
    }

    /** The day that the sums of a period are stored under. */
    static long day(BudgetPeriod period, Instant now) {
        return period == BudgetPeriod.TOTAL ? 0 : day(now);
    }

    boolean isEmpty() {
        return budgets.isEmpty();
    }

    List<ScopeBudget> budgets() {
        return budgets;
    }

    /** What a run belongs to, as far as there are budgets for it. */
    List<Slot> slots(Run run) {
        return byScope.keySet().stream()
                .flatMap(scope -> key(scope, run).map(key -> new Slot(scope, key)))
                .filter(slot -> !of(slot).isEmpty())
                .toList();
    }

    private static Stream<String> key(BudgetScope scope, Run run) {
        return switch (scope) {
            case OVERALL -> Stream.of(ScopeBudget.EACH);
            case PROJECT -> Stream.of(run.projectId().value());
            case AGENT ->
                run.agentId() == null ? Stream.empty() : Stream.of(run.agentId().value());
            case PROVIDER -> Stream.ofNullable(run.profile().provider());
            case GRAPH_RUN ->
                run.graphRunId() == null
                        ? Stream.empty()
                        : Stream.of(run.graphRunId().value());
        };
    }

    /** The budgets of a slot, at most one for each period: its own, else that of each. */
    List<ScopeBudget> of(Slot slot) {
        List<ScopeBudget> found = new ArrayList<>();
        for (Map<String, ScopeBudget> byKey :
                byScope.getOrDefault(slot.scope(), Map.of()).values()) {
            ScopeBudget own = byKey.get(slot.key());
            ScopeBudget budget = own == null ? byKey.get(ScopeBudget.EACH) : own;
            if (budget != null) {
                found.add(budget);
            }
        }
        return found;
    }
}
