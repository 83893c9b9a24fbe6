package dev.pilot.testkit.hub;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pilot.api.access.Scope;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.LeaseLost;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.error.OverLimit;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.UsageKey;
import dev.pilot.api.project.UsageQuery;
import dev.pilot.api.project.UsageRow;
import dev.pilot.api.run.Agent;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.BudgetLevel;
import dev.pilot.api.run.BudgetPeriod;
import dev.pilot.api.run.BudgetRule;
import dev.pilot.api.run.BudgetScope;
import dev.pilot.api.run.BudgetUse;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CreateAgent;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.HeartbeatRequest;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.ScopeBudget;
import dev.pilot.api.run.Spending;
import dev.pilot.api.run.Usage;
import dev.pilot.api.run.UsageReceipt;
import dev.pilot.api.run.UsageReport;
import dev.pilot.api.run.WaitKind;
import dev.pilot.api.run.WaitReason;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.PageRequest;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What runs may use: their own budgets, their parents', and those that they share; and what is told of it. */
public abstract class BudgetsContract extends HubContract {
    private final String label = unique("budgets");
    private final WorkerId worker = new WorkerId(unique("worker"));

    /** For subclasses. */
    protected BudgetsContract() {}

    @AfterEach
    void withoutBudgets() {
        for (BudgetUse use : pilot().budgets().list()) {
            ScopeBudget budget = use.budget();
            pilot().budgets().remove(budget.scope(), budget.key(), budget.period());
        }
        // What a test leaves would be handed out in the next.
        for (Run left : claim(500)) {
            pilot().runs().cancel(left.id(), null);
        }
    }

    private List<Run> claim(int limit) {
        return done(pilot().work()
                        .claim(ClaimRequest.builder(worker)
                                .labels(Set.of(label))
                                .lease(Duration.ofMinutes(10))
                                .limit(limit)
                                .build()))
                .stream()
                .map(Assignment::run)
                .toList();
    }

    private Run create(CreateRun.Builder run) {
        return pilot().runs().create(run.labels(Set.of(label)).build());
    }

    private Run started(CreateRun.Builder run) {
        Run made = create(run);
        return claim(500).stream()
                .filter(claimed -> claimed.id().equals(made.id()))
                .findFirst()
                .orElseThrow();
    }

    private static Budget tokens(long tokens) {
        return Budget.builder().tokens(tokens).build();
    }

    private static Usage tokensUsed(long tokens) {
        return new Usage(0, tokens, 0, 0, 0, 0, 0, 0);
    }

    private static RunPolicy asking() {
        return RunPolicy.builder().onBudget(BudgetRule.INTERRUPT).build();
    }

    private Run use(Run run, long tokens) {
        return pilot().work().use(RunStage.leaseOf(run), tokensUsed(tokens));
    }

    private Run finish(Run run) {
        return pilot().work()
                .finish(List.of(RunStage.succeeded(RunStage.leaseOf(run)).build()))
                .get(0)
                .get();
    }

    private Run now(Run run) {
        return pilot().runs().get(run.id());
    }

    private static EventFilter of(@Nullable Run run, String type) {
        return new EventFilter(null, run == null ? null : run.id(), null, type);
    }

    private List<Event> budgetEvents(Run run) {
        return events(of(run, "budget"));
    }

    private List<Event> warnings(Run run) {
        return budgetEvents(run).stream()
                .filter(event -> event.data().number("share", 0) == 80)
                .toList();
    }

    private Approval pending(Run run) {
        return pilot().approvals()
                .list(
                        ApprovalFilter.builder()
                                .status(ApprovalStatus.PENDING)
                                .kind(ApprovalKind.BUDGET)
                                .runId(run.id())
                                .build(),
                        PageRequest.first(10))
                .items()
                .get(0);
    }

    // ---- a run's own budget

    @Test
    void somebodyIsWarnedOnceWhenFourFifthsAreUsed() {
        Run run = started(stage().run().budget(tokens(100)));
        use(run, 79);
        assertThat(budgetEvents(run)).isEmpty();
        use(run, 1);
        use(run, 10);
        assertThat(warnings(run)).singleElement().satisfies(event -> {
            assertThat(event.level()).isEqualTo(Level.WARN);
            assertThat(event.data().text("limit")).isEqualTo("tokens");
            assertThat(event.data().number("used", 0)).isEqualTo(80);
        });
        assertThat(use(run, 11).state()).isEqualTo(RunState.FAILED);
        assertThat(warnings(run)).hasSize(1);
        assertThat(budgetEvents(run)).hasSize(2);
    }

    @Test
    void everyFigureHasALimit() {
        Usage one = new Usage(0, 1, 1, 2, 2, 2, 2, 2);
        Budget.Builder[] budgets = {
            Budget.builder().tokens(1L),
            Budget.builder().costMicros(1L),
            Budget.builder().toolCalls(1L),
            Budget.builder().changedFiles(1L),
            Budget.builder().changedLines(1L),
            Budget.builder().outputBytes(1L)
        };
        for (Budget.Builder budget : budgets) {
            Run run = started(stage().run().budget(budget.build()));
            Run over = pilot().work().use(RunStage.leaseOf(run), one);
            assertThat(over.state()).as(budget.build().toString()).isEqualTo(RunState.FAILED);
            assertThat(requireNonNull(over.error()).code()).isEqualTo("budget-exceeded");
        }
    }

    @Test
    void aReportThatGoesOverItIsTheEndAndIsNotTriedAgain() {
        Run run = started(stage().run().budget(tokens(100)));
        Run over = pilot().work()
                .finish(List.of(RunStage.succeeded(RunStage.leaseOf(run))
                        .usage(tokensUsed(101))
                        .build()))
                .get(0)
                .get();
        assertThat(over.state()).isEqualTo(RunState.FAILED);
        assertThat(requireNonNull(over.error()).code()).isEqualTo("budget-exceeded");
        refused(NotAllowed.class, "budget-exceeded", () -> pilot().runs().retry(run.id()));
    }

    @Test
    void aWorkerThatDoesNotStopInTimeIsEnded() {
        Run run = started(stage().run()
                .budget(Budget.builder().wall(Duration.ofMinutes(4)).build()));
        fixture().clock().advance(Duration.ofMinutes(3));
        fixture().clock().advance(Duration.ofSeconds(20));
        eventually().until(() -> !warnings(run).isEmpty());
        assertThat(now(run).state()).isEqualTo(RunState.RUNNING);
        fixture().clock().advance(Duration.ofMinutes(1));
        eventually().until(() -> now(run).state() == RunState.FAILED);
        assertThat(requireNonNull(now(run).error()).code()).isEqualTo("budget-exceeded");
        assertThat(now(run).usage().wallMillis()).isBetween(260_000L, 300_000L);
        assertThat(warnings(run)).hasSize(1);
        refused(LeaseLost.class, () -> use(run, 1));
    }

    @Test
    void timeStandsStillWhileARunWaitsForADecision() {
        Run run = started(stage().run()
                .budget(Budget.builder().wall(Duration.ofMinutes(4)).build()));
        Lease lease = RunStage.leaseOf(run);
        fixture().clock().advance(Duration.ofMinutes(1));
        Approval question = pilot().work().ask(lease, RunStage.question(Risk.LOW));
        fixture().clock().advance(Duration.ofMinutes(6));
        pilot().approvals().decide(question.id(), Decision.approve());
        fixture().clock().advance(Duration.ofMinutes(1));
        assertThat(now(run).state()).isEqualTo(RunState.RUNNING);
        assertThat(now(run).wallMillisAt(fixture().clock().instant())).isBetween(120_000L, 125_000L);
        assertThat(finish(run).usage().wallMillis()).isBetween(120_000L, 125_000L);
    }

    @Test
    void timeThatNobodyReportsIsCounted() {
        Run lost =
                started(stage().run().policy(RunPolicy.builder().maxAttempts(1).build()));
        fixture().clock().advance(Duration.ofMinutes(11));
        eventually().until(() -> now(lost).state() == RunState.FAILED);
        assertThat(now(lost).usage().wallMillis()).isBetween(660_000L, 665_000L);

        Run told = started(stage().run());
        fixture().clock().advance(Duration.ofMinutes(1));
        Run over = pilot().work()
                .finish(List.of(RunStage.succeeded(RunStage.leaseOf(told))
                        .usage(new Usage(50_000, 0, 0, 0, 0, 0, 0, 0))
                        .build()))
                .get(0)
                .get();
        assertThat(over.usage().wallMillis()).as("the worker's word").isEqualTo(50_000);
    }

    @Test
    void timeThatIsUpAsksWhereThePolicySaysSoAndIsExtended() {
        Run run = started(stage().run()
                .policy(asking())
                .budget(Budget.builder().wall(Duration.ofMinutes(4)).build()));
        fixture().clock().advance(Duration.ofMinutes(5));
        eventually().until(() -> now(run).state() == RunState.BLOCKED);
        pilot().approvals().decide(pending(run).id(), Decision.approve());
        Run extended = now(run);
        assertThat(extended.state()).isEqualTo(RunState.RUNNING);
        assertThat(requireNonNull(extended.budget().wall()).toMinutes()).isEqualTo(9);
        finish(run);
    }

    @Test
    void theHubCountsWhatIsPrinted() {
        Run run = started(stage().run().budget(Budget.builder().outputBytes(10L).build()));
        Lease lease = RunStage.leaseOf(run);
        pilot().work().output(lease, OutputStream.STDOUT, 0, new byte[4]);
        assertThat(budgetEvents(run)).isEmpty();
        pilot().work().output(lease, OutputStream.STDERR, 0, new byte[5]);
        pilot().work().output(lease, OutputStream.STDERR, 0, new byte[5]);
        assertThat(warnings(run)).hasSize(1);
        assertThat(now(run).state()).isEqualTo(RunState.RUNNING);
        pilot().work().output(lease, OutputStream.STDOUT, 4, new byte[2]);
        assertThat(now(run).state()).isEqualTo(RunState.FAILED);
        assertThat(now(run).usage().outputBytes()).isEqualTo(11);
        refused(LeaseLost.class, () -> pilot().work().output(lease, OutputStream.STDOUT, 6, new byte[1]));
    }

    @Test
    void outputThatIsTooMuchAsksWhereThePolicySaysSo() {
        Run run = started(stage().run()
                .policy(asking())
                .budget(Budget.builder().outputBytes(10L).build()));
        Lease lease = RunStage.leaseOf(run);
        pilot().work().output(lease, OutputStream.STDOUT, 0, new byte[11]);
        assertThat(now(run).state()).isEqualTo(RunState.BLOCKED);
        pilot().approvals().decide(pending(run).id(), Decision.approve());
        assertThat(now(run).budget().outputBytes()).isEqualTo(21);
        pilot().work().output(lease, OutputStream.STDOUT, 11, new byte[10]);
        assertThat(now(run).state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void whatIsUsedWhileARunWaitsIsFoundWhenItGoesOn() {
        Run run = started(stage().run().policy(asking()).budget(tokens(10)));
        Approval question = pilot().work().ask(RunStage.leaseOf(run), RunStage.question(Risk.LOW));
        use(run, 11);
        pilot().approvals().decide(question.id(), Decision.approve());
        assertThat(now(run).state()).isEqualTo(RunState.BLOCKED);
        assertThat(pending(run).kind()).isEqualTo(ApprovalKind.BUDGET);
    }

    // ---- reports in sets

    private static UsageReport report(String id, Run run, long tokens) {
        return new UsageReport(id, RunStage.leaseOf(run), tokensUsed(tokens), true);
    }

    private static List<UsageReceipt> receipts(List<ItemResult<UsageReceipt>> results) {
        return results.stream().map(ItemResult::get).toList();
    }

    @Test
    void aReportWithTheSameIdCountsOnce() {
        Run run = started(stage().run());
        Run other = started(stage().run());
        List<UsageReceipt> first = receipts(pilot().work()
                .use(List.of(report("a", run, 10), report("b", run, 5), report("a", run, 10), report("a", other, 7))));
        assertThat(first).extracting(UsageReceipt::counted).containsExactly(true, true, false, true);
        assertThat(first.get(0).usage().inputTokens()).isEqualTo(15);

        List<UsageReceipt> again = receipts(pilot().work().use(List.of(report("b", run, 5), report("c", run, 1))));
        assertThat(again).extracting(UsageReceipt::counted).containsExactly(false, true);
        assertThat(now(run).usage().inputTokens()).isEqualTo(16);
        assertThat(now(other).usage().inputTokens()).isEqualTo(7);
    }

    @Test
    void reportsOfManyAtOnceCountOnceEach() {
        Run run = started(stage().run());
        try (AtOnce atOnce = new AtOnce(6)) {
            List<ItemResult<List<UsageReceipt>>> all = atOnce.run(thread -> receipts(pilot().work()
                    .use(IntStream.range(0, 20)
                            .mapToObj(i -> report("r" + i, run, 1))
                            .toList())));
            assertThat(all.stream().flatMap(one -> one.get().stream()).filter(UsageReceipt::counted))
                    .hasSize(20);
        }
        assertThat(now(run).usage().inputTokens()).isEqualTo(20);
    }

    @Test
    void aReportSaysWhoseWordItIs() {
        RunStage stage = stage();
        Run run = started(stage.run());
        pilot().work()
                .use(List.of(
                        report("word", run, 3),
                        new UsageReport("measured", RunStage.leaseOf(run), tokensUsed(4), false)));
        List<Event> events = events(of(run, "usage"));
        assertThat(events)
                .extracting(event -> event.data().text("id") + event.data().get("selfReported"))
                .containsExactly("wordtrue", "measuredfalse");
        UsageRow row = pilot().projects()
                .usage(new UsageQuery(List.of(), null, null, stage.project.id(), null, null, null))
                .get(0);
        assertThat(row.used().inputTokens()).isEqualTo(7);
        assertThat(row.selfReported().inputTokens()).isEqualTo(3);

        Run own = pilot().runs()
                .create(CreateRun.forProject(stage.project.id(), "on my own")
                        .profile(
                                RunProfile.builder().runner(RunnerKind.EXTERNAL).build())
                        .build());
        pilot().work().use(List.of(new UsageReport("x", RunStage.leaseOf(own), tokensUsed(1), false)));
        assertThat(events(of(own, "usage")))
                .singleElement()
                .satisfies(event -> assertThat(event.data().get("selfReported")).hasToString("true"));
    }

    @Test
    void aReportThatCannotBeIsRefusedByItself() {
        Run run = started(stage().run());
        Lease lease = RunStage.leaseOf(run);
        Lease stale = new Lease(lease.runId(), 7, lease.workerId(), lease.expiresAt());
        List<ItemResult<UsageReceipt>> results = pilot().work()
                .use(List.of(
                        new UsageReport("a", stale, tokensUsed(1), true),
                        new UsageReport("b", lease, tokensUsed(-1), true),
                        new UsageReport("c", lease, tokensUsed(1), true)));
        refused(LeaseLost.class, results.get(0));
        refused(InvalidInput.class, results.get(1));
        assertThat(results.get(2).get().usage().inputTokens()).isEqualTo(1);
        invalid("reports", () -> pilot().work().use(List.of()));
        refused(
                Forbidden.class,
                fixture()
                        .as(Scope.AGENT)
                        .work()
                        .use(List.of(report("d", run, 1)))
                        .get(0));
        assertThat(receipts(pilot().work().use(List.of(report("a", run, 1))))
                        .get(0)
                        .counted())
                .as("what was refused left no trace")
                .isTrue();
    }

    // ---- child runs

    private CreateRun.Builder child(RunStage stage, Run parent) {
        return stage.run().parentId(parent.id());
    }

    @Test
    void aChildGetsAtMostWhatItsParentHasLeft() {
        RunStage stage = stage();
        Run parent = started(stage.run().budget(tokens(100)));
        use(parent, 10);
        Run small = create(child(stage, parent).budget(tokens(30)));
        assertThat(small.budget().tokens()).isEqualTo(30);
        Run greedy = create(child(stage, parent).budget(tokens(1_000)));
        assertThat(greedy.budget().tokens()).isEqualTo(60);
        refused(OverLimit.class, "parent-budget", () -> create(child(stage, parent)));
        pilot().runs().cancel(greedy.id(), null);
        assertThat(create(child(stage, parent)).budget().tokens()).isEqualTo(60);
    }

    @Test
    void childrenThatAreMadeTogetherShareWhatThereIs() {
        RunStage stage = stage();
        Run parent = started(stage.run().budget(tokens(100)));
        List<Long> shares = pilot()
                .runs()
                .createAll(List.of(
                        child(stage, parent)
                                .budget(tokens(70))
                                .labels(Set.of(label))
                                .build(),
                        child(stage, parent)
                                .budget(tokens(70))
                                .labels(Set.of(label))
                                .build()))
                .stream()
                .map(made -> made.get().value().budget().tokens())
                .toList();
        assertThat(shares).containsExactly(70L, 30L);
    }

    @Test
    void whatAChildUsesItsParentHasUsed() {
        RunStage stage = stage();
        Run parent = started(stage.run().budget(tokens(100)));
        Run child = started(child(stage, parent));
        Run grandchild = started(child(stage, child).budget(tokens(50)));
        use(grandchild, 45);
        use(child, 36);
        assertThat(now(parent).childUsage().inputTokens()).isEqualTo(81);
        assertThat(now(child).childUsage().inputTokens()).isEqualTo(45);
        assertThat(warnings(parent)).hasSize(1);
        use(parent, 15);
        Run over = use(grandchild, 5);
        assertThat(now(parent).state()).isEqualTo(RunState.FAILED);
        assertThat(over.state()).as("its parent has no more").isEqualTo(RunState.FAILED);
        assertThat(requireNonNull(over.error()).message()).contains(parent.id().value());
    }

    @Test
    void onlyARunThatGoesOnHasChildrenInItsProject() {
        RunStage stage = stage();
        Run parent = started(stage.run());
        invalid("parentId", () -> create(stage().run().parentId(parent.id())));
        invalid("parentId", () -> create(stage.run().parentId(new RunId(unique("none")))));
        finish(parent);
        refused(NotAllowed.class, "parent-over", () -> create(child(stage, parent)));
    }

    // ---- budgets that runs share

    private ScopeBudget set(BudgetScope scope, String key, BudgetPeriod period, long tokens) {
        return pilot().budgets().set(scope, key, period, tokens(tokens));
    }

    private ScopeBudget ofProject(RunStage stage, long tokens) {
        return set(BudgetScope.PROJECT, stage.project.id().value(), BudgetPeriod.TOTAL, tokens);
    }

    private BudgetLevel level(String key) {
        return pilot().budgets().list().stream()
                .flatMap(use -> use.levels().entrySet().stream())
                .filter(entry -> entry.getKey().equals(key))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(new BudgetLevel(Spending.NONE, Spending.NONE));
    }

    @Test
    void aBudgetIsSetChangedListedAndRemoved() {
        RunStage stage = stage();
        String key = stage.project.id().value();
        ofProject(stage, 3);
        Budget all = Budget.builder()
                .wall(Duration.ofHours(2))
                .tokens(10L)
                .costMicros(20L)
                .toolCalls(30L)
                .build();
        ScopeBudget changed = pilot().budgets().set(BudgetScope.PROJECT, key, BudgetPeriod.TOTAL, all);
        ScopeBudget daily = set(BudgetScope.PROJECT, key, BudgetPeriod.DAY, 5);
        assertThat(changed.limits()).isEqualTo(all);

        assertThat(pilot().budgets().list())
                .containsExactly(new BudgetUse(daily, Map.of()), new BudgetUse(changed, Map.of()));
        pilot().budgets().remove(BudgetScope.PROJECT, key, BudgetPeriod.DAY);
        assertThat(pilot().budgets().list()).hasSize(1);
        refused(NotFound.class, () -> pilot().budgets().remove(BudgetScope.PROJECT, key, BudgetPeriod.DAY));
    }

    @Test
    void aBudgetThatCannotBeIsRefused() {
        invalid("key", () -> set(BudgetScope.PROJECT, " ", BudgetPeriod.TOTAL, 1));
        invalid("key", () -> set(BudgetScope.OVERALL, "x", BudgetPeriod.TOTAL, 1));
        invalid("limits", () -> set(BudgetScope.AGENT, "x", BudgetPeriod.TOTAL, -1));
        invalid("limits", () -> pilot().budgets().set(BudgetScope.AGENT, "x", BudgetPeriod.DAY, Budget.NONE));
        invalid(
                "limits",
                () -> pilot().budgets()
                        .set(
                                BudgetScope.AGENT,
                                "x",
                                BudgetPeriod.DAY,
                                Budget.builder().changedFiles(1L).build()));
        refused(
                Forbidden.class,
                () -> fixture().as(Scope.WORKER).budgets().set(BudgetScope.AGENT, "x", BudgetPeriod.DAY, tokens(1)));
        assertThat(fixture().as(Scope.AGENT).budgets().list()).isEmpty();
    }

    @Test
    void aClaimReservesWhatTheRunMayUse() {
        RunStage stage = stage();
        ofProject(stage, 100);
        for (int i = 0; i < 3; i++) {
            create(stage.run().budget(tokens(40)));
        }
        List<Run> claimed = claim(10);
        assertThat(claimed).hasSize(2);
        use(claimed.get(0), 30);
        BudgetLevel level = level(stage.project.id().value());
        assertThat(level.spent().tokens()).isEqualTo(30);
        assertThat(level.reserved().tokens()).isEqualTo(50);
        assertThat(claim(10)).as("30 + 50 + 40").isEmpty();

        finish(claimed.get(0));
        assertThat(level(stage.project.id().value()).reserved().tokens()).isEqualTo(40);
        assertThat(claim(10)).as("30 + 40 + 40").isEmpty();
        finish(claimed.get(1));
        assertThat(claim(10)).hasSize(1);
    }

    @Test
    void aUsedUpBudgetKeepsNobodyElseWaiting() {
        RunStage shut = stage();
        RunStage open = stage();
        ofProject(shut, 10);
        for (int i = 0; i < 250; i++) {
            create(shut.run().budget(tokens(11)).priority(-5));
        }
        Run fits = create(shut.run().budget(tokens(10)).priority(-6));
        Run other = create(open.run());
        assertThat(claim(3)).extracting(Run::id).containsExactly(fits.id(), other.id());
        pilot().budgets().remove(BudgetScope.PROJECT, shut.project.id().value(), BudgetPeriod.TOTAL);
        while (!claim(500).isEmpty()) {
            // taken, so that no other test gets them
        }
    }

    @Test
    void everyScopeAndEachWithoutABudgetOfItsOwnCounts() {
        RunStage one = stage();
        RunStage two = stage();
        String provider = unique("glm");
        Agent agent =
                pilot().agents().create(CreateAgent.builder(unique("agent")).build());
        RunProfile profile =
                RunProfile.builder().command(List.of("true")).provider(provider).build();
        set(BudgetScope.PROJECT, ScopeBudget.EACH, BudgetPeriod.TOTAL, 10);
        set(BudgetScope.PROJECT, two.project.id().value(), BudgetPeriod.TOTAL, 20);
        set(BudgetScope.PROVIDER, provider, BudgetPeriod.DAY, 30);
        set(BudgetScope.AGENT, agent.id().value(), BudgetPeriod.TOTAL, 10);
        for (int i = 0; i < 3; i++) {
            create(one.run().budget(tokens(10)));
            create(two.run().budget(tokens(10)));
        }
        assertThat(claim(10))
                .extracting(Run::projectId)
                .containsExactlyInAnyOrder(one.project.id(), two.project.id(), two.project.id());

        pilot().budgets().remove(BudgetScope.PROJECT, ScopeBudget.EACH, BudgetPeriod.TOTAL);
        pilot().budgets().remove(BudgetScope.PROJECT, two.project.id().value(), BudgetPeriod.TOTAL);
        claim(10);
        for (int i = 0; i < 5; i++) {
            create(one.run().profile(profile).budget(tokens(10)));
            create(one.run().agentId(agent.id()).budget(tokens(10)));
        }
        assertThat(claim(20)).hasSize(4);
        pilot().budgets().remove(BudgetScope.PROVIDER, provider, BudgetPeriod.DAY);
        pilot().budgets().remove(BudgetScope.AGENT, agent.id().value(), BudgetPeriod.TOTAL);
        assertThat(claim(20)).hasSize(6);
        Usage everything = overall();
        long left = everything.inputTokens() + everything.outputTokens() + reservedOverall() + 10;
        set(BudgetScope.OVERALL, ScopeBudget.EACH, BudgetPeriod.TOTAL, left);
        create(one.run().budget(tokens(10)));
        create(one.run().budget(tokens(10)));
        assertThat(claim(5)).hasSize(1);
    }

    private Usage overall() {
        return pilot().projects().usage(UsageQuery.of()).stream()
                .map(UsageRow::used)
                .findFirst()
                .orElse(Usage.NONE);
    }

    /** What runs that other tests have left may still use. */
    private long reservedOverall() {
        set(BudgetScope.OVERALL, ScopeBudget.EACH, BudgetPeriod.TOTAL, Integer.MAX_VALUE);
        return level(ScopeBudget.EACH).reserved().tokens();
    }

    @Test
    void aRunWithoutALimitIsStoppedWhenTheBudgetIsUsedUp() {
        RunStage stage = stage();
        ofProject(stage, 100);
        Run failing = started(stage.run());
        Run asking = started(stage.run().policy(asking()));
        Run limited = started(stage.run().budget(tokens(60)));
        assertThat(use(failing, 40).state()).isEqualTo(RunState.RUNNING);
        assertThat(use(asking, 1).state()).isEqualTo(RunState.BLOCKED);
        eventually().until(() -> now(failing).state() == RunState.FAILED);
        assertThat(use(limited, 60).state()).as("what it has reserved").isEqualTo(RunState.RUNNING);
        assertThat(level(stage.project.id().value()).spent().tokens()).isEqualTo(101);
        create(stage.run());
        assertThat(claim(1)).isEmpty();

        Approval waiting = pending(asking);
        refused(NotAllowed.class, "budget-used-up", () -> pilot().approvals().decide(waiting.id(), Decision.approve()));
        ofProject(stage, 200);
        pilot().approvals().decide(waiting.id(), Decision.approve());
        assertThat(now(asking).state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void anExtensionMustFitIntoWhatIsShared() {
        RunStage stage = stage();
        ofProject(stage, 100);
        Run run = started(stage.run().policy(asking()).budget(tokens(60)));
        assertThat(use(run, 61).state()).isEqualTo(RunState.BLOCKED);
        Approval waiting = pending(run);
        refused(NotAllowed.class, "budget-used-up", () -> pilot().approvals().decide(waiting.id(), Decision.approve()));
        assertThat(now(run).budget().tokens()).isEqualTo(60);
        pilot().approvals().decide(waiting.id(), Decision.edit(Json.object("tokens", 90), null));
        assertThat(now(run).state()).isEqualTo(RunState.RUNNING);
        assertThat(now(run).budget().tokens()).isEqualTo(90);
    }

    @Test
    void anOutsideAgentsRunNeedsRoomToo() {
        RunStage stage = stage();
        ofProject(stage, 0);
        refused(
                OverLimit.class,
                "budget-used-up",
                () -> pilot().runs()
                        .create(CreateRun.forProject(stage.project.id(), "on my own")
                                .profile(RunProfile.builder()
                                        .runner(RunnerKind.EXTERNAL)
                                        .build())
                                .build()));
    }

    @Test
    void aChildRunTakesItsShareOutOfWhatItsParentHasReserved() {
        RunStage stage = stage();
        ofProject(stage, 100);
        Run parent = started(stage.run().budget(tokens(100)));
        create(stage.run().budget(tokens(1)));
        Run child = create(child(stage, parent).budget(tokens(40)));
        assertThat(claim(5)).extracting(Run::id).containsExactly(child.id());
        assertThat(level(stage.project.id().value()).reserved().tokens()).isEqualTo(100);
    }

    @Test
    void aWaitingClaimIsAnsweredWhenABudgetGetsRoom() {
        RunStage stage = stage();
        ofProject(stage, 10);
        Run first = started(stage.run().budget(tokens(10)));
        create(stage.run().budget(tokens(10)));
        CompletableFuture<List<Assignment>> waiting = pilot().work()
                .claim(ClaimRequest.builder(worker)
                        .labels(Set.of(label))
                        .lease(RunStage.LEASE)
                        .waitFor(PATIENCE)
                        .build())
                .toCompletableFuture();
        finish(first);
        assertThat(done(waiting)).hasSize(1);
    }

    @Test
    void whyARunWaitsNamesTheBudget() {
        RunStage stage = stage();
        ofProject(stage, 10);
        Run run = create(stage.run().budget(tokens(11)));
        assertThat(pilot().runs().whyWaiting(run.id()).reasons())
                .filteredOn(reason -> reason.kind() == WaitKind.BUDGET)
                .singleElement()
                .extracting(WaitReason::message)
                .asString()
                .contains(stage.project.id().value(), "tokens", "10");
    }

    private List<Event> shared(ScopeBudget budget, int share) {
        String name = budget.scope().wire() + ":" + budget.key() + ":"
                + budget.period().wire();
        return events(of(null, "budget")).stream()
                .filter(event -> event.subject().id().equals(name))
                .filter(event -> event.data().number("share", 0) == share)
                .toList();
    }

    @Test
    void whatIsNearlyUsedUpAndWhatIsUsedUpIsToldOncePerDay() {
        RunStage stage = stage();
        ScopeBudget daily = set(BudgetScope.PROJECT, stage.project.id().value(), BudgetPeriod.DAY, 100);
        for (int day = 1; day <= 2; day++) {
            Run run = started(stage.run().budget(tokens(100)));
            use(run, 79);
            assertThat(shared(daily, 80)).hasSize(day - 1);
            use(run, 1);
            use(run, 10);
            use(run, 10);
            assertThat(shared(daily, 80)).hasSize(day);
            assertThat(shared(daily, 100)).hasSize(day);
            finish(run);
            create(stage.run().budget(tokens(1)));
            assertThat(claim(1)).isEmpty();
            assertThat(level(stage.project.id().value()).spent().tokens()).isEqualTo(100);

            fixture().clock().advance(Duration.ofDays(1));
            assertThat(level(stage.project.id().value()).spent().tokens()).isZero();
            assertThat(claim(1)).as("a new day").hasSize(1).allSatisfy(this::finish);
        }
    }

    @Test
    void whatWasUsedBeforeABudgetWasSetCounts() {
        RunStage stage = stage();
        Run run = started(stage.run());
        use(run, 70);
        ScopeBudget budget = ofProject(stage, 80);
        assertThat(level(stage.project.id().value()).spent().tokens()).isEqualTo(70);
        assertThat(shared(budget, 80)).hasSize(1);
        ofProject(stage, 60);
        assertThat(shared(budget, 100)).hasSize(1);
        eventually().until(() -> now(run).state() == RunState.FAILED);
    }

    // ---- totals

    @Test
    void whatWasUsedIsAddedUpByDayProjectAgentModelAndProvider() {
        RunStage one = stage();
        RunStage two = stage();
        RunProfile profile = RunProfile.builder()
                .command(List.of("true"))
                .model(unique("model"))
                .provider(unique("provider"))
                .build();
        LocalDate day = LocalDate.ofInstant(fixture().clock().instant(), ZoneOffset.UTC);
        use(started(one.run().profile(profile)), 1);
        use(started(one.run()), 2);
        use(started(two.run().profile(profile)), 4);
        fixture().clock().advance(Duration.ofDays(1));
        use(started(two.run().profile(profile)), 8);

        UsageQuery mine =
                new UsageQuery(List.of(UsageKey.PROVIDER, UsageKey.DAY), day, null, null, null, profile.model(), null);
        List<UsageRow> rows = pilot().projects().usage(mine);
        assertThat(rows)
                .extracting(UsageRow::day, UsageRow::provider, row -> row.used().inputTokens())
                .containsExactly(
                        tuple(day.toString(), profile.provider(), 5L),
                        tuple(day.plusDays(1).toString(), profile.provider(), 8L));
        assertThat(rows.get(0).project()).isNull();
        assertThat(pilot().projects().usage(mine.between(day.plusDays(1), day.plusDays(1))))
                .hasSize(1);
        assertThat(pilot().projects()
                        .usage(new UsageQuery(
                                List.of(UsageKey.MODEL, UsageKey.AGENT),
                                null,
                                null,
                                one.project.id(),
                                null,
                                null,
                                null)))
                .extracting(UsageRow::model, UsageRow::agent, row -> row.used().inputTokens())
                .containsExactlyInAnyOrder(tuple("none", "none", 2L), tuple(profile.model(), "none", 1L));
    }

    @Test
    void totalsOutliveTheRuns() {
        RunStage stage = stage();
        Run run = started(stage.run());
        use(run, 5);
        finish(run);
        pilot().projects().delete(stage.project.id());
        assertThat(pilot().projects()
                        .usage(new UsageQuery(
                                List.of(UsageKey.PROJECT), null, null, stage.project.id(), null, null, null)))
                .singleElement()
                .satisfies(row -> assertThat(row.used().inputTokens()).isEqualTo(5));
    }

    // ---- many at once

    @Test
    void noMoreIsReservedThanThereIsHoweverManyClaimAtOnce() {
        RunStage stage = stage();
        ofProject(stage, 350);
        IntStream.range(0, 24).forEach(i -> create(stage.run().budget(tokens(100))));
        long most = 350;
        try (AtOnce atOnce = new AtOnce(8)) {
            List<Run> active = new ArrayList<>();
            for (int round = 0; round < 6; round++) {
                atOnce.run(thread -> claim(2)).forEach(one -> active.addAll(one.get()));
                BudgetLevel level = level(stage.project.id().value());
                assertThat(level.spent().tokens() + level.reserved().tokens()).isLessThanOrEqualTo(most);
                assertThat(active.size()).isLessThanOrEqualTo(3);
                List<Run> working = List.copyOf(active);
                if (working.isEmpty()) {
                    break;
                }
                atOnce.run(thread -> thread < working.size() ? use(working.get(thread), 30) : null);
                finish(active.remove(0));
            }
        }
        assertThat(level(stage.project.id().value()).spent().tokens()).isLessThanOrEqualTo(most);
    }

    @Test
    void whatManyReportAtOnceIsNeverLost() {
        RunStage stage = stage();
        ScopeBudget budget = ofProject(stage, 1_000);
        List<Run> runs = new ArrayList<>();
        IntStream.range(0, 6).forEach(i -> create(stage.run().budget(tokens(150))));
        runs.addAll(claim(10));
        assertThat(runs).hasSize(6);
        try (AtOnce atOnce = new AtOnce(6)) {
            for (int round = 0; round < 15; round++) {
                atOnce.run(thread -> use(runs.get(thread), 10)).forEach(ItemResult::get);
            }
        }
        assertThat(level(stage.project.id().value()).spent().tokens()).isEqualTo(900);
        assertThat(shared(budget, 80)).hasSize(1);
        runs.forEach(run -> assertThat(warnings(run)).hasSize(1));
        assertThat(pilot().work()
                        .heartbeat(new HeartbeatRequest(
                                worker, runs.stream().map(RunStage::leaseOf).toList(), RunStage.LEASE))
                        .leases())
                .allSatisfy(state -> assertThat(state.held()).isTrue());
    }
}
