package dev.pilot.core.limit;

import dev.pilot.api.id.EventId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.run.BudgetPeriod;
import dev.pilot.api.run.BudgetScope;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.ScopeBudget;
import dev.pilot.api.run.Spending;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.Usage;
import dev.pilot.api.store.ScopeSpent;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.UsageEntry;
import dev.pilot.api.value.Json;
import dev.pilot.core.system.Journal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Books what runs use, once and in the unit that learns of it: in the totals, and in the sums of the budgets that it counts against. */
public final class UsageBook {
    private final Journal journal;

    UsageBook(Journal journal) {
        this.journal = journal;
    }

    /**
     * What a run used.
     *
     * @param run the run
     * @param used how much more than before
     * @param selfReported whether only the agent's word stands behind it
     */
    public record Booking(Run run, Usage used, boolean selfReported) {}

    /**
     * Books what was used, and tells of budgets that are nearly or wholly used by it.
     *
     * @param unit the unit of work
     * @param bookings what each run used; nothing is booked of those that used nothing
     */
    public void book(StoreUnit unit, List<Booking> bookings) {
        List<Booking> some =
                bookings.stream().filter(booking -> !isNothing(booking.used())).toList();
        if (some.isEmpty()) {
            return;
        }
        unit.usage().add(entries(some, LocalDate.ofEpochDay(ScopeLimits.day(unit.now()))));
        ScopeLimits limits = new ScopeLimits(unit.budgets().list());
        if (!limits.isEmpty()) {
            spend(unit, limits, some);
        }
    }

    private static boolean isNothing(Usage used) {
        return Spending.of(used).equals(Spending.NONE) && used.outputBytes() == 0;
    }

    private static List<UsageEntry> entries(List<Booking> bookings, LocalDate day) {
        Map<List<@Nullable Object>, UsageEntry> entries = new LinkedHashMap<>();
        for (Booking booking : bookings) {
            Run run = booking.run();
            UsageEntry entry = new UsageEntry(
                    day,
                    run.projectId(),
                    run.agentId(),
                    run.profile().model(),
                    run.profile().provider(),
                    booking.used(),
                    booking.selfReported() ? booking.used() : Usage.NONE);
            entries.merge(
                    Arrays.asList(run.projectId(), run.agentId(), entry.model(), entry.provider()),
                    entry,
                    UsageBook::sum);
        }
        return List.copyOf(entries.values());
    }

    private static UsageEntry sum(UsageEntry one, UsageEntry more) {
        return new UsageEntry(
                one.day(),
                one.projectId(),
                one.agentId(),
                one.model(),
                one.provider(),
                one.used().plus(more.used()),
                one.selfReported().plus(more.selfReported()));
    }

    private void spend(StoreUnit unit, ScopeLimits limits, List<Booking> bookings) {
        Instant now = unit.now();
        Map<Slot, Spending> more = new LinkedHashMap<>();
        for (Booking booking : bookings) {
            Spending spending = Spending.of(booking.used());
            if (!spending.equals(Spending.NONE)) {
                limits.slots(booking.run()).forEach(slot -> more.merge(slot, spending, Spending::plus));
            }
        }
        if (more.isEmpty()) {
            return;
        }
        Set<String> keys = more.keySet().stream().map(Slot::key).collect(Collectors.toSet());
        Map<List<Object>, Spending> before = new HashMap<>();
        unit.budgets()
                .spent(ScopeLimits.day(now), keys)
                .forEach(spent -> before.put(List.of(spent.scope(), spent.key(), spent.period()), spent.spent()));
        List<ScopeSpent> rows = new ArrayList<>();
        List<NewEvent> events = new ArrayList<>();
        more.forEach((slot, spending) -> {
            for (ScopeBudget budget : limits.of(slot)) {
                long day = ScopeLimits.day(budget.period(), now);
                rows.add(new ScopeSpent(slot.scope(), slot.key(), budget.period(), day, spending));
                Spending old = before.getOrDefault(List.of(slot.scope(), slot.key(), budget.period()), Spending.NONE);
                events.addAll(crossed(slot, budget, day, old, old.plus(spending)));
            }
        });
        unit.budgets().spend(rows);
        if (!events.isEmpty()) {
            journal.write(unit, events);
        }
    }

    /** Tells of a budget that is nearly or wholly used at the moment at which it is set. */
    void tell(StoreUnit unit, ScopeBudget budget) {
        ScopeLimits limits = new ScopeLimits(unit.budgets().list());
        Instant now = unit.now();
        Set<String> one = Set.of(budget.key());
        List<ScopeSpent> spent = budget.key().equals(ScopeBudget.EACH)
                ? unit.budgets().spent(ScopeLimits.day(now))
                : unit.budgets().spent(ScopeLimits.day(now), one);
        List<NewEvent> events = new ArrayList<>();
        for (ScopeSpent sum : spent) {
            Slot slot = new Slot(sum.scope(), sum.key());
            if (sum.scope() == budget.scope()
                    && sum.period() == budget.period()
                    && limits.of(slot).contains(budget)) {
                events.addAll(crossed(slot, budget, sum.day(), Spending.NONE, sum.spent()));
            }
        }
        if (!events.isEmpty()) {
            journal.write(unit, events);
        }
    }

    /** Each event has a name that says all of it, so that it is written once. */
    private List<NewEvent> crossed(Slot slot, ScopeBudget budget, long day, Spending before, Spending after) {
        List<NewEvent> events = new ArrayList<>();
        for (Metric metric : Metric.SCOPED) {
            Long allowed = metric.limit(budget.limits());
            if (allowed == null) {
                continue;
            }
            long used = metric.of(after);
            if (metric.of(before) < Metric.warning(allowed) && used >= Metric.warning(allowed)) {
                events.add(event(slot, budget.period(), day, metric, allowed, used, 80));
            }
            if (metric.of(before) < allowed && used >= allowed) {
                events.add(event(slot, budget.period(), day, metric, allowed, used, 100));
            }
        }
        return events;
    }

    private NewEvent event(
            Slot slot, BudgetPeriod period, long day, Metric metric, long allowed, long used, int share) {
        String name = slot.scope().wire() + ":" + slot.key() + ":" + period.wire();
        ProjectId project = slot.scope() == BudgetScope.PROJECT ? new ProjectId(slot.key()) : null;
        Json.Obj data = Json.object(
                "scope", slot.scope(),
                "key", slot.key(),
                "period", period,
                "limit", metric.wire(),
                "allowed", allowed,
                "used", used,
                "share", share);
        return journal.build(
                        new Subject("budget", name),
                        project,
                        null,
                        "budget",
                        name + (share == 80 ? " nearly used up" : " used up"),
                        data)
                .id(once(name, day, metric, allowed, share))
                .level(Level.WARN)
                .message(metric.wire() + " " + used + " of " + allowed)
                .build();
    }

    /**
     * An id that is the same for the same thing, so that its event is written once.
     *
     * @param parts what the event tells, all of it
     * @return the id
     */
    public static EventId once(Object... parts) {
        String text = Arrays.stream(parts).map(String::valueOf).collect(Collectors.joining("\n"));
        return Journal.once("budget", text);
    }
}
