package dev.pilot.core.run;

import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.id.EventId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.BudgetRule;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunClock;
import dev.pilot.api.run.RunError;
import dev.pilot.api.run.RunMove;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.Usage;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Json;
import dev.pilot.core.access.Reach;
import dev.pilot.core.approval.ApprovalDesk;
import dev.pilot.core.limit.BudgetBook;
import dev.pilot.core.limit.Metric;
import dev.pilot.core.limit.UsageBook;
import dev.pilot.core.system.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a run has used against its budget, its parent's and those that it shares with others: going over fails or interrupts it,
 * never silently.
 */
final class RunBudgets {
    /** The worker ends a command in time, as a rule; the hub lets it report that before it steps in. */
    static final Duration GRACE = Duration.ofSeconds(15);

    static final String EXCEEDED = "budget-exceeded";
    /** So many ancestors a run may have. */
    static final int DEPTH = 16;

    private final RunTransitions transitions;
    private final ApprovalDesk approvals;
    private final Attempts attempts;
    private final UsageBook book;
    private final Journal journal;

    RunBudgets(RunTransitions transitions, ApprovalDesk approvals, Attempts attempts, UsageBook book, Journal journal) {
        this.transitions = transitions;
        this.approvals = approvals;
        this.attempts = attempts;
        this.book = book;
        this.journal = journal;
    }

    /** A limit that was passed: the run's own, or somebody else's that it is bound by. */
    private record Excess(
            String limit, long allowed, long used, @Nullable String of) {
        String describe() {
            return limit + " " + used + " of " + allowed + (of == null ? "" : " (" + of + ")");
        }

        Json.Obj data() {
            Json.Obj own = Json.object("limit", limit, "allowed", allowed, "used", used);
            return of == null ? own : own.merge(Json.object("of", of));
        }
    }

    /**
     * What a run has used since.
     *
     * @param before the run before
     * @param after the run now, as it is in the store
     * @param used the difference
     * @param selfReported whether only the agent's word stands behind it
     */
    record Used(Run before, Run after, Usage used, boolean selfReported) {}

    /** The error of a run that is over its own budget, or null. */
    static @Nullable RunError error(Run run) {
        List<Excess> over = own(run, Metric.WALL.used(run));
        return over.isEmpty() ? null : new RunError(EXCEEDED, describe(over));
    }

    private static List<Excess> own(Run run, long wallMillis) {
        List<Excess> over = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            Long allowed = metric.limit(run.budget());
            long used = metric == Metric.WALL ? wallMillis : metric.used(run);
            if (allowed != null && used > allowed) {
                over.add(new Excess(metric.wire(), allowed, used, null));
            }
        }
        return over;
    }

    /** The wall time that counts: what was reported, or what the store's clock says once the worker should have ended it. */
    private static long wall(Run run, Instant now) {
        long passed = run.wallMillisAt(now);
        Long allowed = Metric.WALL.limit(run.budget());
        boolean late = allowed != null && passed - GRACE.toMillis() >= allowed;
        return late ? passed : run.usage().wallMillis();
    }

    /**
     * Books what runs have used, warns, and looks after those that are over a budget.
     *
     * @return the runs after it, in order
     */
    List<Run> used(StoreUnit unit, List<Used> used) {
        book.book(
                unit,
                used.stream()
                        .map(one -> new UsageBook.Booking(one.after(), one.used(), one.selfReported()))
                        .toList());
        Map<EventId, NewEvent> warnings = new LinkedHashMap<>();
        Map<RunId, Run> now = new LinkedHashMap<>();
        for (Used one : used) {
            now.put(one.after().id(), one.after());
            warn(warnings, one.before(), one.after());
        }
        for (Used one : used) {
            toParents(unit, one, now, warnings);
        }
        if (!warnings.isEmpty()) {
            journal.write(unit, List.copyOf(warnings.values()));
        }
        if (now.values().stream().anyMatch(RunBudgets::mayBeStopped)) {
            BudgetBook scopes = BudgetBook.read(unit);
            now.replaceAll((id, run) -> enforce(unit, run, scopes));
        }
        return used.stream()
                .map(one -> Objects.requireNonNull(now.get(one.after().id())))
                .toList();
    }

    /** What a child uses its parent has used, too. */
    private void toParents(StoreUnit unit, Used one, Map<RunId, Run> now, Map<EventId, NewEvent> warnings) {
        Usage shared = one.used().shared();
        RunId next = one.after().parentId();
        if (shared.equals(Usage.NONE)) {
            return;
        }
        for (int depth = 0; next != null && depth < DEPTH; depth++) {
            Optional<Run> found = unit.runs().find(next);
            if (found.isEmpty()) {
                break;
            }
            Run parent = found.get();
            Run after = transitions.change(
                    unit, parent, same -> same.childUsage(parent.childUsage().plus(shared)));
            now.put(after.id(), after);
            warn(warnings, parent, after);
            next = parent.parentId();
        }
    }

    private void warn(Map<EventId, NewEvent> warnings, Run before, Run after) {
        for (Metric metric : Metric.values()) {
            Long allowed = metric.limit(after.budget());
            if (allowed != null
                    && metric.used(before) < Metric.warning(allowed)
                    && metric.used(after) >= Metric.warning(allowed)) {
                NewEvent warning = warning(after, metric, allowed, metric.used(after));
                warnings.putIfAbsent(Objects.requireNonNull(warning.id()), warning);
            }
        }
    }

    /** Named by what it says, so that it is written once, whoever notices it. */
    private NewEvent warning(Run run, Metric metric, long allowed, long used) {
        Json.Obj data = Json.object("limit", metric.wire(), "allowed", allowed, "used", used, "share", 80);
        return journal.build(Subject.run(run.id()), run.projectId(), run.id(), "budget", "budget nearly used up", data)
                .id(UsageBook.once(run.id(), metric, allowed))
                .level(Level.WARN)
                .message(metric.wire() + " " + used + " of " + allowed)
                .build();
    }

    private static boolean mayBeStopped(Run run) {
        return run.state() == RunState.RUNNING || run.state() == RunState.GATES;
    }

    /** Looks after a run that is worked on: where it is over a budget, it fails or waits, as its policy says. */
    Run enforce(StoreUnit unit, Run run) {
        return mayBeStopped(run) ? enforce(unit, run, BudgetBook.read(unit)) : run;
    }

    private Run enforce(StoreUnit unit, Run run, BudgetBook scopes) {
        if (!mayBeStopped(run)) {
            return run;
        }
        List<Excess> over = own(run, wall(run, unit.now()));
        over.addAll(family(unit, run));
        scopes.exceeded(run).forEach(lack -> over.add(excess(lack)));
        return over.isEmpty() ? run : stop(unit, run, over);
    }

    /** What its parents have no more of. */
    private static List<Excess> family(StoreView view, Run run) {
        List<Excess> over = new ArrayList<>();
        RunId next = run.parentId();
        for (int depth = 0; next != null && depth < DEPTH; depth++) {
            Run parent = view.runs().find(next).orElse(null);
            if (parent == null) {
                break;
            }
            for (Metric metric : Metric.SHARED) {
                Long allowed = metric.limit(parent.budget());
                if (allowed != null && metric.used(parent) > allowed) {
                    over.add(new Excess(metric.wire(), allowed, metric.used(parent), "run " + parent.id()));
                }
            }
            next = parent.parentId();
        }
        return over;
    }

    private static Excess excess(BudgetBook.Lack lack) {
        return new Excess(
                lack.metric().wire(),
                lack.allowed(),
                lack.spent() + lack.reserved(),
                lack.slot().describe() + ", " + lack.period().wire());
    }

    /** Fails a run for good. */
    Run end(StoreUnit unit, Run run, String message, Json.Obj why) {
        Run failed =
                transitions.move(unit, run, RunMove.FAIL, same -> same.error(new RunError(EXCEEDED, message)), why);
        attempts.end(unit, failed, "failed");
        return failed;
    }

    private Run stop(StoreUnit unit, Run run, List<Excess> over) {
        journal.write(
                unit,
                journal.build(Subject.run(run.id()), run.projectId(), run.id(), "budget", "over budget", data(over))
                        .level(Level.WARN)
                        .message(describe(over))
                        .build());
        if (run.policy().onBudget() == BudgetRule.FAIL) {
            approvals.expire(unit, run);
            return end(unit, run, describe(over), Json.object("reason", EXCEEDED));
        }
        if (run.state() != RunState.RUNNING) {
            return run; // its gates go on; their report finds it over its budget
        }
        approvals.open(
                unit,
                run,
                new ApprovalDesk.Question(
                        ApprovalKind.BUDGET, Risk.HIGH, "Extend the budget: " + describe(over), data(over)));
        return transitions.move(unit, run, RunMove.INTERRUPT, same -> same, Json.object("reason", EXCEEDED));
    }

    /** A run printed so much; the hub counts that itself. */
    Run printed(StoreUnit unit, Run run, long bytes) {
        Long allowed = Metric.OUTPUT_BYTES.limit(run.budget());
        if (allowed == null) {
            return run;
        }
        if (bytes >= Metric.warning(allowed)) {
            journal.write(unit, warning(run, Metric.OUTPUT_BYTES, allowed, bytes));
        }
        if (bytes <= allowed || !mayBeStopped(run)) {
            return run;
        }
        Run counted = run;
        if (run.policy().onBudget() == BudgetRule.FAIL) {
            // No report will tell of it.
            Usage more =
                    Usage.NONE.withOutputBytes(Math.max(0, bytes - run.usage().outputBytes()));
            counted =
                    transitions.change(unit, run, same -> same.usage(run.usage().plus(more)));
            book.book(unit, List.of(new UsageBook.Booking(counted, more, false)));
        }
        return stop(unit, counted, List.of(new Excess(Metric.OUTPUT_BYTES.wire(), allowed, bytes, null)));
    }

    /** A run's wall time is over, or four fifths of it. */
    Run timed(StoreUnit unit, Run run) {
        Long allowed = Metric.WALL.limit(run.budget());
        RunClock clock = run.clock();
        if (allowed == null || clock == null) {
            return run;
        }
        long passed = run.wallMillisAt(unit.now());
        Run told = run;
        if (!clock.warned()) {
            journal.write(unit, warning(run, Metric.WALL, allowed, passed));
            told = transitions.change(unit, run, same -> same.clock(clock.warned(true)));
        }
        return enforce(unit, told);
    }

    /** What runs without limits of their own do with a budget that others have used up. */
    void scopes(StoreUnit unit) {
        BudgetBook scopes = BudgetBook.read(unit);
        over(scopes).forEach(run -> enforce(unit, run, scopes));
    }

    /** Whether there is any such run. */
    static boolean isOver(StoreView view) {
        return !over(BudgetBook.read(view)).isEmpty();
    }

    private static List<Run> over(BudgetBook scopes) {
        return scopes.active().stream()
                .filter(run -> run.state() == RunState.RUNNING
                        || run.state() == RunState.GATES && run.policy().onBudget() == BudgetRule.FAIL)
                .filter(run -> !scopes.exceeded(run).isEmpty())
                .toList();
    }

    /**
     * Raises what is used up: to what the decision says, else by as much again as was allowed. Only the run's own limits: what it shares
     * with others must have room by now.
     *
     * @throws NotAllowed if it has none
     */
    Run extend(StoreUnit unit, Run run, Approval decided, Reach reach) {
        Json.Obj edited = decided.edited() == null ? Json.object() : decided.edited();
        Map<Metric, Long> used = new LinkedHashMap<>();
        own(run, run.wallMillisAt(unit.now()))
                .forEach(excess -> Metric.named(excess.limit()).ifPresent(metric -> used.put(metric, excess.used())));
        if (decided.payload().get("over") instanceof Json.Arr over) {
            for (Json item : over.items()) {
                if (item instanceof Json.Obj excess && excess.get("of") == null) {
                    Metric.named(excess.text("limit"))
                            .ifPresent(metric -> used.merge(metric, excess.number("used", 0), Math::max));
                }
            }
        }
        Budget.Builder budget = run.budget().toBuilder();
        used.forEach((metric, soFar) -> {
            Long allowed = metric.limit(run.budget());
            if (allowed != null) {
                metric.limit(budget, edited.number(metric.wire(), soFar + Math.max(1, allowed)));
            }
        });
        RunClock clock = run.clock();
        Run extended = transitions.change(
                unit, run, same -> same.budget(budget.build()).clock(clock == null ? null : clock.warned(false)));
        requireRoom(unit, extended, reach);
        return extended;
    }

    private static void requireRoom(StoreUnit unit, Run run, Reach reach) {
        List<String> lacks = new ArrayList<>();
        family(unit, run).forEach(excess -> lacks.add(excess.describe()));
        BudgetBook.read(unit).shut(run).forEach(lack -> lacks.add(lack.describe(reach)));
        if (!lacks.isEmpty()) {
            throw new NotAllowed(
                    "budget-used-up",
                    "Run " + run.id() + " shares a budget that has no room for this: " + String.join("; ", lacks)
                            + ". Raise that first, or reject.");
        }
    }

    private static Json.Obj data(List<Excess> over) {
        return Json.object("over", over.stream().map(Excess::data).toList());
    }

    private static String describe(List<Excess> over) {
        return String.join(", ", over.stream().map(Excess::describe).toList());
    }
}
