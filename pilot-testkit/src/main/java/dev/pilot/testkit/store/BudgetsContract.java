package dev.pilot.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.project.UsageKey;
import dev.pilot.api.project.UsageQuery;
import dev.pilot.api.project.UsageRow;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.BudgetPeriod;
import dev.pilot.api.run.BudgetScope;
import dev.pilot.api.run.Quota;
import dev.pilot.api.run.QuotaScope;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunClock;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.ScopeBudget;
import dev.pilot.api.run.Spending;
import dev.pilot.api.run.Usage;
import dev.pilot.api.store.Caps;
import dev.pilot.api.store.ClaimFilter;
import dev.pilot.api.store.ScopeSpent;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.store.UsageEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Budgets that runs share, what was spent of them, and totals. */
abstract class BudgetsContract extends StoreStage {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 15);
    private static final long TODAY = DAY.toEpochDay();
    private static final Budget FULL = Budget.builder()
            .wall(Duration.ofMillis(90_061))
            .tokens(0L)
            .costMicros(1L << 50)
            .toolCalls(3L)
            .build();

    private static ScopeBudget budget(BudgetScope scope, String key, BudgetPeriod period) {
        return new ScopeBudget(scope, key, period, FULL, Samples.T0);
    }

    private static ScopeSpent spent(String key, BudgetPeriod period, long day, long tokens) {
        return new ScopeSpent(BudgetScope.PROJECT, key, period, day, new Spending(1, tokens, 3, 4));
    }

    private static UsageEntry used(
            LocalDate day, String project, @Nullable String agent, @Nullable String model, long tokens) {
        return new UsageEntry(
                day,
                new ProjectId(project),
                agent == null ? null : new AgentId(agent),
                model,
                model == null ? null : "of " + model,
                new Usage(7, tokens, 1, 2, 3, 4, 5, 6),
                new Usage(0, tokens, 0, 2, 0, 0, 0, 0));
    }

    private List<ScopeSpent> spent(long day) {
        return read((StoreView view) -> view.budgets().spent(day));
    }

    @Test
    void budgetsAreReadAsTheyWereWrittenAndTogetherWithQuotas() {
        ScopeBudget overall = budget(BudgetScope.OVERALL, "*", BudgetPeriod.DAY);
        ScopeBudget one = budget(BudgetScope.PROJECT, "prj_1", BudgetPeriod.TOTAL);
        ScopeBudget each = new ScopeBudget(
                BudgetScope.PROJECT,
                "*",
                BudgetPeriod.TOTAL,
                Budget.builder().toolCalls(9L).build(),
                Samples.at(3));
        Quota quota = new Quota(QuotaScope.TOOL, "bash", 3, Samples.at(1));
        assertThat(read((StoreView view) -> view.budgets().caps())).isEqualTo(new Caps(List.of(), List.of()));
        write(unit -> {
            unit.quotas().set(quota);
            unit.budgets().set(one, TODAY);
            unit.budgets().set(budget(BudgetScope.PROJECT, "*", BudgetPeriod.TOTAL), TODAY);
            unit.budgets().set(each, TODAY);
            unit.budgets().set(overall, TODAY);
        });

        assertThat(read((StoreView view) -> view.budgets().list())).containsExactly(overall, each, one);
        assertThat(read((StoreView view) -> view.budgets().caps()))
                .isEqualTo(new Caps(List.of(quota), List.of(overall, each, one)));
        write(unit -> {
            assertThat(unit.budgets().delete(BudgetScope.PROJECT, "*", BudgetPeriod.TOTAL))
                    .isTrue();
            assertThat(unit.budgets().delete(BudgetScope.PROJECT, "*", BudgetPeriod.DAY))
                    .isFalse();
        });
        assertThat(read((StoreView view) -> view.budgets().list())).containsExactly(overall, one);
    }

    @Test
    void sumsGrowAndThoseOfADayBeginAnewOnTheNext() {
        write(unit -> unit.budgets()
                .spend(List.of(
                        spent("prj_1", BudgetPeriod.DAY, TODAY, 10),
                        spent("prj_1", BudgetPeriod.TOTAL, 0, 10),
                        spent("prj_2", BudgetPeriod.TOTAL, 0, 1))));
        write(unit -> unit.budgets()
                .spend(List.of(spent("prj_1", BudgetPeriod.DAY, TODAY, 5), spent("prj_1", BudgetPeriod.TOTAL, 0, 5))));
        assertThat(spent(TODAY))
                .extracting(ScopeSpent::key, ScopeSpent::period, ScopeSpent::day, sum -> sum.spent())
                .containsExactly(
                        tuple("prj_1", BudgetPeriod.DAY, TODAY, new Spending(2, 15, 6, 8)),
                        tuple("prj_1", BudgetPeriod.TOTAL, 0L, new Spending(2, 15, 6, 8)),
                        tuple("prj_2", BudgetPeriod.TOTAL, 0L, new Spending(1, 1, 3, 4)));
        assertThat(read((StoreView view) -> view.budgets().spent(TODAY, List.of("prj_2", "prj_3"))))
                .extracting(ScopeSpent::key)
                .containsExactly("prj_2");

        assertThat(spent(TODAY + 1)).extracting(ScopeSpent::period).containsOnly(BudgetPeriod.TOTAL);
        write(unit -> unit.budgets().spend(List.of(spent("prj_1", BudgetPeriod.DAY, TODAY + 1, 3))));
        assertThat(spent(TODAY + 1)).contains(spent("prj_1", BudgetPeriod.DAY, TODAY + 1, 3));
    }

    @Test
    void whatWasUsedBeforeABudgetIsSetIsAddedUp() {
        write(unit -> {
            unit.usage()
                    .add(List.of(
                            used(DAY.minusDays(1), "prj_1", "agt_1", "m", 10),
                            used(DAY, "prj_1", null, null, 20),
                            used(DAY, "prj_2", "agt_1", "m", 40)));
            unit.budgets().set(budget(BudgetScope.OVERALL, "*", BudgetPeriod.DAY), TODAY);
            unit.budgets().set(budget(BudgetScope.PROJECT, "*", BudgetPeriod.TOTAL), TODAY);
            unit.budgets().set(budget(BudgetScope.PROJECT, "prj_1", BudgetPeriod.DAY), TODAY);
            unit.budgets().set(budget(BudgetScope.AGENT, "agt_1", BudgetPeriod.TOTAL), TODAY);
            unit.budgets().set(budget(BudgetScope.PROVIDER, "*", BudgetPeriod.DAY), TODAY);
        });

        assertThat(spent(TODAY))
                .extracting(
                        ScopeSpent::scope,
                        ScopeSpent::key,
                        ScopeSpent::period,
                        sum -> sum.spent().tokens())
                .containsExactlyInAnyOrder(
                        tuple(BudgetScope.OVERALL, "*", BudgetPeriod.DAY, 62L),
                        tuple(BudgetScope.PROJECT, "prj_1", BudgetPeriod.TOTAL, 32L),
                        tuple(BudgetScope.PROJECT, "prj_2", BudgetPeriod.TOTAL, 41L),
                        tuple(BudgetScope.PROJECT, "prj_1", BudgetPeriod.DAY, 21L),
                        tuple(BudgetScope.AGENT, "agt_1", BudgetPeriod.TOTAL, 52L),
                        tuple(BudgetScope.PROVIDER, "of m", BudgetPeriod.DAY, 41L));
        assertThat(spent(TODAY))
                .filteredOn(sum -> sum.scope() == BudgetScope.OVERALL)
                .extracting(ScopeSpent::spent)
                .containsExactly(new Spending(14, 62, 4, 6));
    }

    @Test
    void whatATaskGraphsRunsUsedIsAddedUpToo() {
        write(unit -> {
            unit.projects().create(Samples.project("prj_1"));
            unit.runs().create(ofGraph("run_1", "grn_1", 10));
            unit.runs().create(ofGraph("run_2", "grn_1", 20));
            unit.runs().create(ofGraph("run_3", "grn_2", 40));
            unit.runs().create(Samples.run("run_4", "prj_1"));
            unit.budgets().set(budget(BudgetScope.GRAPH_RUN, "grn_1", BudgetPeriod.TOTAL), TODAY);
            unit.budgets().set(budget(BudgetScope.GRAPH_RUN, "*", BudgetPeriod.DAY), TODAY);
        });
        assertThat(spent(TODAY))
                .extracting(ScopeSpent::key, ScopeSpent::period, ScopeSpent::spent)
                .containsExactlyInAnyOrder(
                        tuple("grn_1", BudgetPeriod.TOTAL, new Spending(2, 34, 6, 8)),
                        tuple("grn_1", BudgetPeriod.DAY, new Spending(2, 34, 6, 8)),
                        tuple("grn_2", BudgetPeriod.DAY, new Spending(1, 42, 3, 4)));
    }

    private static Run ofGraph(String id, String graph, long tokens) {
        return Samples.run(id, "prj_1").toBuilder()
                .graphRunId(new GraphRunId(graph))
                .usage(new Usage(1, tokens, 2, 3, 4, 5, 6, 7))
                .build();
    }

    @Test
    void aSumIsKeptAsLongAsABudgetNeedsIt() {
        write(unit -> {
            unit.budgets().set(budget(BudgetScope.PROJECT, "*", BudgetPeriod.TOTAL), TODAY);
            unit.budgets().set(budget(BudgetScope.PROJECT, "prj_1", BudgetPeriod.TOTAL), TODAY);
            unit.budgets()
                    .spend(List.of(
                            spent("prj_1", BudgetPeriod.TOTAL, 0, 10), spent("prj_2", BudgetPeriod.TOTAL, 0, 10)));
            unit.budgets().delete(BudgetScope.PROJECT, "*", BudgetPeriod.TOTAL);
        });
        assertThat(spent(TODAY)).extracting(ScopeSpent::key).containsExactly("prj_1");
        write(unit -> {
            unit.budgets().set(budget(BudgetScope.PROJECT, "*", BudgetPeriod.TOTAL), TODAY);
            unit.budgets().delete(BudgetScope.PROJECT, "prj_1", BudgetPeriod.TOTAL);
        });
        assertThat(spent(TODAY)).as("that of each needs it").hasSize(1);
        write(unit -> unit.budgets().delete(BudgetScope.PROJECT, "*", BudgetPeriod.TOTAL));
        assertThat(spent(TODAY)).isEmpty();
    }

    @Test
    void totalsAreGroupedAndFiltered() {
        assertThat(sums(UsageQuery.of())).isEmpty();
        write(unit -> {
            unit.usage()
                    .add(List.of(
                            used(DAY, "prj_1", "agt_1", "m", 1),
                            used(DAY, "prj_1", null, null, 2),
                            used(DAY.plusDays(1), "prj_2", "agt_1", "m", 4)));
            unit.usage().add(List.of(used(DAY, "prj_1", "agt_1", "m", 8)));
        });

        assertThat(sums(UsageQuery.of())).singleElement().satisfies(row -> {
            assertThat(row.used()).isEqualTo(new Usage(28, 15, 4, 8, 12, 0, 0, 24));
            assertThat(row.selfReported()).isEqualTo(new Usage(0, 15, 0, 8, 0, 0, 0, 0));
        });
        assertThat(sums(UsageQuery.of(UsageKey.MODEL, UsageKey.DAY)))
                .extracting(
                        UsageRow::day,
                        UsageRow::model,
                        UsageRow::project,
                        row -> row.used().inputTokens())
                .containsExactly(
                        tuple("2026-01-15", "none", null, 2L),
                        tuple("2026-01-15", "m", null, 9L),
                        tuple("2026-01-16", "m", null, 4L));
        assertThat(sums(UsageQuery.of(UsageKey.PROJECT, UsageKey.AGENT, UsageKey.PROVIDER)))
                .extracting(UsageRow::project, UsageRow::agent, UsageRow::provider)
                .containsExactly(
                        tuple("prj_1", "none", "none"),
                        tuple("prj_1", "agt_1", "of m"),
                        tuple("prj_2", "agt_1", "of m"));
        assertThat(sums(UsageQuery.of(UsageKey.DAY).between(DAY.plusDays(1), null)))
                .hasSize(1);
        assertThat(sums(UsageQuery.of(UsageKey.DAY).between(null, DAY))).hasSize(1);
        assertThat(sums(new UsageQuery(
                        List.of(UsageKey.DAY), null, null, new ProjectId("prj_2"), new AgentId("agt_1"), "m", "of m")))
                .hasSize(1);
        assertThat(read((StoreView view) -> view.usage().sums(UsageQuery.of(UsageKey.DAY), 1)))
                .hasSize(1);
    }

    private List<UsageRow> sums(UsageQuery query) {
        return read((StoreView view) -> view.usage().sums(query, 100));
    }

    @Test
    void whatIsSpentIsLeftOutButForChildRuns() {
        write(unit -> {
            unit.projects().create(Samples.project("prj_1"));
            unit.runs().create(Samples.run("run_a", "prj_1"));
            unit.runs()
                    .create(Samples.run("run_b", "prj_1").toBuilder()
                            .agentId(new AgentId("agt_1"))
                            .build());
            unit.runs()
                    .create(Samples.run("run_c", "prj_1").toBuilder()
                            .graphRunId(new GraphRunId("grn_1"))
                            .build());
            unit.runs()
                    .create(Samples.run("run_d", "prj_1").toBuilder()
                            .profile(RunProfile.builder().provider("glm").build())
                            .build());
            unit.runs()
                    .create(Samples.run("run_e", "prj_1").toBuilder()
                            .agentId(new AgentId("agt_1"))
                            .parentId(new RunId("run_a"))
                            .build());
        });
        assertThat(claimable(false, Set.of(), Set.of(), Set.of(), Set.of()))
                .containsExactly("run_a", "run_b", "run_c", "run_d", "run_e");
        assertThat(claimable(true, Set.of(), Set.of(), Set.of(), Set.of())).containsExactly("run_e");
        assertThat(claimable(false, Set.of("prj_1"), Set.of(), Set.of(), Set.of()))
                .containsExactly("run_e");
        assertThat(claimable(false, Set.of("prj_2"), Set.of("agt_1"), Set.of("glm"), Set.of()))
                .containsExactly("run_a", "run_c", "run_e");
        assertThat(claimable(false, Set.of(), Set.of(), Set.of("other"), Set.of("grn_1")))
                .containsExactly("run_a", "run_b", "run_d", "run_e");
    }

    private List<String> claimable(
            boolean overall, Set<String> projects, Set<String> agents, Set<String> providers, Set<String> graphs) {
        ClaimFilter filter = new ClaimFilter(
                Set.of(),
                Set.of(RunnerKind.PROCESS),
                Set.of(),
                Set.of(),
                Set.of(),
                new ClaimFilter.Spent(
                        overall,
                        projects.stream().map(ProjectId::new).collect(Collectors.toSet()),
                        agents.stream().map(AgentId::new).collect(Collectors.toSet()),
                        providers,
                        graphs.stream().map(GraphRunId::new).collect(Collectors.toSet())));
        return ids(read(
                (StoreView view) -> view.runs().claimable(filter, List.of(new ProjectId("prj_1")), Samples.at(1), 10)));
    }

    private static List<String> ids(List<Run> runs) {
        return runs.stream().map(run -> run.id().value()).toList();
    }

    @Test
    void runsWhoseTimeIsUpAreFound() {
        write(unit -> {
            unit.projects().create(Samples.project("prj_1"));
            unit.runs().create(timed("run_1", false).build());
            unit.runs().create(timed("run_2", true).build());
            unit.runs().create(timed("run_3", true).state(RunState.BLOCKED).build());
            unit.runs()
                    .create(timed("run_4", true)
                            .clock(new RunClock(99_000, 0, null, true))
                            .build());
            unit.runs().create(timed("run_5", true).budget(Budget.NONE).build());
        });
        assertThat(overtime(Samples.at(79))).isEmpty();
        assertThat(overtime(Samples.at(80))).containsExactly("run_1");
        assertThat(overtime(Samples.at(100))).containsExactly("run_1", "run_2");
        write(unit -> {
            Run run = unit.runs().get(new RunId("run_1"));
            unit.runs()
                    .update(
                            run.toBuilder()
                                    .clock(new RunClock(0, 0, Samples.T0, true))
                                    .usage(Usage.NONE.withWallMillis(10_000))
                                    .updatedAt(Samples.at(1))
                                    .build(),
                            run.updatedAt());
        });
        assertThat(overtime(Samples.at(89))).isEmpty();
        assertThat(overtime(Samples.at(90))).containsExactly("run_1");
    }

    private static Run.Builder timed(String id, boolean warned) {
        return Samples.leased(id, "prj_1", "wrk_1", 1, Samples.at(9_999)).toBuilder()
                .budget(Budget.builder().wall(Duration.ofSeconds(100)).build())
                .clock(new RunClock(0, 0, Samples.T0, warned));
    }

    private List<String> overtime(Instant now) {
        return ids(read((StoreView view) -> view.runs().overtime(now, 10)));
    }

    @Test
    void unfinishedChildrenAreFound() {
        write(unit -> {
            unit.projects().create(Samples.project("prj_1"));
            unit.runs().create(Samples.run("run_1", "prj_1"));
            for (RunState state : RunState.values()) {
                unit.runs()
                        .create(Samples.run("run_" + state, "prj_1").toBuilder()
                                .parentId(new RunId("run_1"))
                                .state(state)
                                .build());
            }
        });
        assertThat(read((StoreView view) -> view.runs().unfinishedChildren(new RunId("run_1"))))
                .extracting(Run::state)
                .containsExactlyInAnyOrder(
                        RunState.PROPOSED,
                        RunState.QUEUED,
                        RunState.RUNNING,
                        RunState.BLOCKED,
                        RunState.GATES,
                        RunState.REVIEW);
    }
}
