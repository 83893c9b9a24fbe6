package dev.pilot.core.limit;

import dev.pilot.api.run.Budget;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.Spending;
import dev.pilot.api.run.Usage;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What budgets limit. */
public enum Metric {
    /** Time at work, in milliseconds. */
    WALL("wall"),
    /** Tokens of models, what goes in and what comes out. */
    TOKENS("tokens"),
    /** Money, in millionths. */
    COST("costMicros"),
    /** Calls of tools. */
    TOOL_CALLS("toolCalls"),
    /** Files that are other than before. */
    CHANGED_FILES("changedFiles"),
    /** Lines that are other than before. */
    CHANGED_LINES("changedLines"),
    /** What is printed, in bytes. */
    OUTPUT_BYTES("outputBytes");

    /** What a child run's usage takes from its parent's budget. */
    public static final Set<Metric> SHARED = Set.copyOf(EnumSet.of(TOKENS, COST, TOOL_CALLS));
    /** What budgets of scopes limit. */
    static final Set<Metric> SCOPED = Set.copyOf(EnumSet.of(WALL, TOKENS, COST, TOOL_CALLS));

    private final String wire;

    Metric(String wire) {
        this.wire = wire;
    }

    /**
     * Its name outside.
     *
     * @return the limit's field in a budget
     */
    public String wire() {
        return wire;
    }

    /**
     * Finds one.
     *
     * @param name its name outside; null finds none
     * @return it, if there is one of that name
     */
    public static Optional<Metric> named(@Nullable String name) {
        return Arrays.stream(values())
                .filter(metric -> metric.wire.equals(name))
                .findFirst();
    }

    /**
     * What a budget allows.
     *
     * @param budget the budget
     * @return the limit, or null where there is none
     */
    public @Nullable Long limit(Budget budget) {
        return switch (this) {
            case WALL -> budget.wall() == null ? null : (Long) budget.wall().toMillis();
            case TOKENS -> budget.tokens();
            case COST -> budget.costMicros();
            case TOOL_CALLS -> budget.toolCalls();
            case CHANGED_FILES -> budget.changedFiles();
            case CHANGED_LINES -> budget.changedLines();
            case OUTPUT_BYTES -> budget.outputBytes();
        };
    }

    /**
     * Sets what a budget allows.
     *
     * @param budget the budget
     * @param limit the limit, or null for none
     */
    public void limit(Budget.Builder budget, @Nullable Long limit) {
        switch (this) {
            case WALL -> budget.wall(limit == null ? null : Duration.ofMillis(limit));
            case TOKENS -> budget.tokens(limit);
            case COST -> budget.costMicros(limit);
            case TOOL_CALLS -> budget.toolCalls(limit);
            case CHANGED_FILES -> budget.changedFiles(limit);
            case CHANGED_LINES -> budget.changedLines(limit);
            case OUTPUT_BYTES -> budget.outputBytes(limit);
        }
    }

    /**
     * How much of it was used.
     *
     * @param usage what was used
     * @return in the unit of its limit
     */
    public long used(Usage usage) {
        return switch (this) {
            case WALL -> usage.wallMillis();
            case TOKENS -> usage.inputTokens() + usage.outputTokens();
            case COST -> usage.costMicros();
            case TOOL_CALLS -> usage.toolCalls();
            case CHANGED_FILES -> usage.changedFiles();
            case CHANGED_LINES -> usage.changedLines();
            case OUTPUT_BYTES -> usage.outputBytes();
        };
    }

    /**
     * What a run and its child runs have used.
     *
     * @param run the run
     * @return in the unit of its limit
     */
    public long used(Run run) {
        return used(run.usage()) + used(run.childUsage());
    }

    /**
     * What a run may still use.
     *
     * @param run the run
     * @return in the unit of its limit, 0 at least; null where it has no limit
     */
    public @Nullable Long left(Run run) {
        Long limit = limit(run.budget());
        return limit == null ? null : (Long) Math.max(0, limit - used(run));
    }

    long of(Spending spending) {
        return switch (this) {
            case WALL -> spending.wallMillis();
            case TOKENS -> spending.tokens();
            case COST -> spending.costMicros();
            case TOOL_CALLS -> spending.toolCalls();
            case CHANGED_FILES, CHANGED_LINES, OUTPUT_BYTES -> throw new IllegalStateException(wire + " is no sum");
        };
    }

    /**
     * From where on somebody is warned.
     *
     * @param limit a limit
     * @return four fifths of it
     */
    public static long warning(long limit) {
        return limit - limit / 5;
    }
}
