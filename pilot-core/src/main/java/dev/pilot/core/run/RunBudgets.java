package dev.pilot.core.run;

import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.BudgetRule;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunError;
import dev.pilot.api.run.RunMove;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.Usage;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Json;
import dev.pilot.core.system.Journal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds what a run has used against its budget: going over fails or interrupts it, never silently. */
final class RunBudgets {
    private final RunTransitions transitions;
    private final ApprovalDesk approvals;
    private final Journal journal;

    RunBudgets(RunTransitions transitions, ApprovalDesk approvals, Journal journal) {
        this.transitions = transitions;
        this.approvals = approvals;
        this.journal = journal;
    }

    private record Excess(String limit, long allowed, long used) {}

    /** What is used up, by name. */
    private static List<Excess> excess(Budget budget, Usage usage) {
        List<Excess> over = new ArrayList<>();
        add(over, "tokens", budget.tokens(), usage.inputTokens() + usage.outputTokens());
        add(over, "costMicros", budget.costMicros(), usage.costMicros());
        add(over, "toolCalls", budget.toolCalls(), usage.toolCalls());
        add(over, "changedFiles", budget.changedFiles(), usage.changedFiles());
        add(over, "changedLines", budget.changedLines(), usage.changedLines());
        return over;
    }

    private static void add(List<Excess> over, String limit, @Nullable Long allowed, long used) {
        if (allowed != null && used > allowed) {
            over.add(new Excess(limit, allowed, used));
        }
    }

    /** The error of a run that is over its budget, or null. */
    static @Nullable RunError error(Run run) {
        List<Excess> over = excess(run.budget(), run.usage());
        return over.isEmpty() ? null : new RunError("budget-exceeded", describe(over));
    }

    /** Looks after a run that has just used something. */
    Run enforce(StoreUnit unit, Run run) {
        List<Excess> over = excess(run.budget(), run.usage());
        if (over.isEmpty() || run.state() != RunState.RUNNING) {
            return run;
        }
        journal.write(
                unit,
                journal.build(Subject.run(run.id()), run.projectId(), run.id(), "budget", "over budget", data(over))
                        .level(Level.WARN)
                        .message(describe(over))
                        .build());
        if (run.policy().onBudget() == BudgetRule.FAIL) {
            approvals.expire(unit, run);
            return transitions.move(
                    unit,
                    run,
                    RunMove.FAIL,
                    same -> same.error(new RunError("budget-exceeded", describe(over))),
                    Json.object("reason", "budget-exceeded"));
        }
        approvals.open(
                unit,
                run,
                new ApprovalDesk.Question(
                        ApprovalKind.BUDGET, Risk.HIGH, "Extend the budget: " + describe(over), data(over)));
        return transitions.move(unit, run, RunMove.INTERRUPT, same -> same, Json.object("reason", "budget-exceeded"));
    }

    /** Raises what is used up: to what the decision says, else by as much again as was allowed. */
    Run extend(StoreUnit unit, Run run, Approval decided) {
        Json.Obj edited = decided.edited() == null ? Json.object() : decided.edited();
        Budget.Builder budget = run.budget().toBuilder();
        for (Excess over : excess(run.budget(), run.usage())) {
            long allowed = edited.number(over.limit(), over.used() + Math.max(1, over.allowed()));
            switch (over.limit()) {
                case "tokens" -> budget.tokens(allowed);
                case "costMicros" -> budget.costMicros(allowed);
                case "toolCalls" -> budget.toolCalls(allowed);
                case "changedFiles" -> budget.changedFiles(allowed);
                case "changedLines" -> budget.changedLines(allowed);
                default -> throw new IllegalStateException("no such limit: " + over.limit());
            }
        }
        return transitions.change(unit, run, same -> same.budget(budget.build()));
    }

    private static Json.Obj data(List<Excess> over) {
        return Json.object(
                "over",
                over.stream()
                        .map(excess -> Json.object(
                                "limit", excess.limit(), "allowed", excess.allowed(), "used", excess.used()))
                        .toList());
    }

    private static String describe(List<Excess> over) {
        return String.join(
                ", ",
                over.stream()
                        .map(excess -> excess.limit() + " " + excess.used() + " of " + excess.allowed())
                        .toList());
    }
}
