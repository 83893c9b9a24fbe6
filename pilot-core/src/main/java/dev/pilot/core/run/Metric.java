package dev.pilot.core.run;

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
enum Metric {
    /** In milliseconds. */
    WALL("wall"),
    TOKENS("tokens"),
    COST("costMicros"),
    TOOL_CALLS("toolCalls"),
    CHANGED_FILES("changedFiles"),
    CHANGED_LINES("changedLines"),
    OUTPUT_BYTES("outputBytes");

    /** What a child run's usage takes from its parent's budget. */
    static final Set<Metric> SHARED = Set.copyOf(EnumSet.of(TOKENS, COST, TOOL_CALLS));
    /** What budgets of scopes limit. */
    static final Set<Metric> SCOPED = Set.copyOf(EnumSet.of(WALL, TOKENS, COST, TOOL_CALLS));

    private final String wire;

    Metric(String wire) {
        this.wire = wire;
    }

    String wire() {
        return wire;
    }

    static Optional<Metric> named(@Nullable String name) {
        return Arrays.stream(values())
                .filter(metric -> metric.wire.equals(name))
                .findFirst();
    }

    @Nullable
    Long limit(Budget budget) {
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

    void limit(Budget.Builder budget, @Nullable Long limit) {
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

    long used(Usage usage) {
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

    /** What a run and its child runs have used. */
    long used(Run run) {
        return used(run.usage()) + used(run.childUsage());
    }

    /** What a run may still use, or null where it has no limit. */
    @Nullable
    Long left(Run run) {
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

    /** From where on somebody is warned: four fifths of the limit. */
    static long warning(long limit) {
        return limit - limit / 5;
    }
}
