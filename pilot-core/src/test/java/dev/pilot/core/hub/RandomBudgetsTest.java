package dev.pilot.core.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.UsageQuery;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.BudgetLevel;
import dev.pilot.api.run.BudgetPeriod;
import dev.pilot.api.run.BudgetRule;
import dev.pilot.api.run.BudgetScope;
import dev.pilot.api.run.BudgetUse;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.ScopeBudget;
import dev.pilot.api.run.Spending;
import dev.pilot.api.run.Usage;
import dev.pilot.api.run.UsageReport;
import dev.pilot.api.value.PageRequest;
import dev.pilot.testkit.hub.PilotFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random runs, reports and decisions, held against a plain model of what budgets allow. */
class RandomBudgetsTest {
    private static final WorkerId WORKER = new WorkerId("worker");
    private static final List<String> PROVIDERS = List.of("one", "two");
    private static final long PROJECT_LIMIT = 3_000;
    private static final long PROVIDER_LIMIT = 1_800;

    @TempDir
    Path directory;

    /** A run as the model sees it. */
    private static final class Model {
        private final String provider;
        private final boolean asks;
        private @Nullable Long limit;
        private long used;
        private RunState state = RunState.QUEUED;

        Model(String provider, boolean asks, @Nullable Long limit) {
            this.provider = provider;
            this.asks = asks;
            this.limit = limit;
        }

        boolean isLeased() {
            return state == RunState.RUNNING || state == RunState.BLOCKED;
        }

        long left() {
            return limit == null ? 0 : Math.max(0, limit - used);
        }

        void stop() {
            state = asks ? RunState.BLOCKED : RunState.FAILED;
        }
    }

    private final Map<RunId, Model> runs = new LinkedHashMap<>();
    private long reports;

    private long free(@Nullable String provider) {
        long limit = provider == null ? PROJECT_LIMIT : PROVIDER_LIMIT;
        return limit
                - runs.values().stream()
                        .filter(run -> provider == null || run.provider.equals(provider))
                        .mapToLong(run -> run.used + (run.isLeased() ? run.left() : 0))
                        .sum();
    }

    private long freeFor(Model run) {
        return Math.min(free(null), free(run.provider));
    }

    /** Whatever has no limit of its own is stopped once others have used or reserved all. */
    private void settle() {
        runs.values().stream()
                .filter(run -> run.state == RunState.RUNNING && run.limit == null && freeFor(run) < 0)
                .forEach(Model::stop);
    }

    @Test
    void budgetsHoldWhateverHappens() {
        for (long seed = 1; seed <= 3; seed++) {
            runs.clear();
            reports = 0;
            try (PilotFixture fixture = EmbeddedPilot.open(makeDirectory(seed))) {
                story(fixture.pilot(), new Random(seed), 100, "seed " + seed);
            }
        }
    }

    private Path makeDirectory(long seed) {
        Path own = directory.resolve("seed" + seed);
        assertThat(own.toFile().mkdir()).isTrue();
        return own;
    }

    private void story(Pilot pilot, Random random, int steps, String seed) {
        Project project = pilot.projects().create(CreateProject.named("project"));
        pilot.budgets()
                .set(
                        BudgetScope.PROJECT,
                        project.id().value(),
                        BudgetPeriod.TOTAL,
                        Budget.builder().tokens(PROJECT_LIMIT).build());
        pilot.budgets()
                .set(
                        BudgetScope.PROVIDER,
                        ScopeBudget.EACH,
                        BudgetPeriod.DAY,
                        Budget.builder().tokens(PROVIDER_LIMIT).build());
        long most = 0;
        for (int step = 0; step < steps; step++) {
            int what = random.nextInt(10);
            if (what < 3) {
                create(pilot, project, random);
            } else if (what < 5) {
                claim(pilot, 1 + random.nextInt(3));
            } else if (what < 8) {
                most = Math.max(most, report(pilot, random));
            } else if (what < 9) {
                end(pilot, random);
            } else {
                decide(pilot, random);
            }
            settle();
            String when = seed + ", step " + step;
            states(pilot, when);
            if (step % 15 == 14) {
                check(pilot, project, when, most);
            }
        }
        assertThat(runs).hasSizeGreaterThan(20);
    }

    private void create(Pilot pilot, Project project, Random random) {
        String provider = PROVIDERS.get(random.nextInt(2));
        boolean asks = random.nextBoolean();
        Long limit = random.nextInt(4) == 0 ? null : (Long) (50L + random.nextInt(400));
        Run made = pilot.runs()
                .create(CreateRun.forProject(project.id(), "goal")
                        .profile(RunProfile.builder()
                                .command(List.of("true"))
                                .provider(provider)
                                .build())
                        .budget(Budget.builder().tokens(limit).build())
                        .policy(RunPolicy.builder()
                                .onBudget(asks ? BudgetRule.INTERRUPT : BudgetRule.FAIL)
                                .build())
                        .build());
        runs.put(made.id(), new Model(provider, asks, limit));
    }

    private void claim(Pilot pilot, int limit) {
        List<RunId> claimed = pilot
                .work()
                .claim(ClaimRequest.builder(WORKER)
                        .lease(Duration.ofMinutes(10))
                        .limit(limit)
                        .build())
                .toCompletableFuture()
                .join()
                .stream()
                .map(Assignment::run)
                .map(Run::id)
                .toList();
        List<RunId> expected = new ArrayList<>();
        runs.forEach((id, run) -> {
            boolean fits = run.limit == null ? freeFor(run) > 0 : run.left() <= freeFor(run);
            if (run.state == RunState.QUEUED && expected.size() < limit && fits) {
                run.state = RunState.RUNNING;
                expected.add(id);
            }
        });
        assertThat(claimed).isEqualTo(expected);
    }

    private @Nullable RunId any(Random random, RunState... states) {
        List<RunId> some = runs.entrySet().stream()
                .filter(run -> List.of(states).contains(run.getValue().state))
                .map(Map.Entry::getKey)
                .toList();
        return some.isEmpty() ? null : some.get(random.nextInt(some.size()));
    }

    private static Lease lease(Pilot pilot, RunId id) {
        return Objects.requireNonNull(pilot.runs().get(id).lease());
    }

    /** Answers how much a run without a limit of its own used at once: by so much the shared budgets may be overshot. */
    private long report(Pilot pilot, Random random) {
        RunId id = any(random, RunState.RUNNING);
        if (id == null) {
            return 0;
        }
        Model run = Objects.requireNonNull(runs.get(id));
        long tokens = 1 + random.nextInt(120);
        UsageReport report = new UsageReport(
                "r" + reports++, lease(pilot, id), new Usage(0, tokens, 0, 0, 0, 0, 0, 0), random.nextBoolean());
        boolean twice = random.nextInt(3) == 0;
        long counted = pilot.work().use(twice ? List.of(report, report) : List.of(report)).stream()
                .filter(receipt -> receipt.get().counted())
                .count();
        assertThat(counted).isEqualTo(1);
        run.used += tokens;
        if (run.limit == null ? freeFor(run) < 0 : run.used > run.limit) {
            run.stop();
        }
        return tokens;
    }

    private void end(Pilot pilot, Random random) {
        RunId id = any(random, RunState.QUEUED, RunState.RUNNING);
        if (id == null) {
            return;
        }
        Model run = Objects.requireNonNull(runs.get(id));
        if (run.state == RunState.QUEUED || random.nextBoolean()) {
            pilot.runs().cancel(id, null);
            run.state = RunState.CANCELLED;
        } else {
            pilot.work()
                    .finish(List.of(FinishRun.builder(lease(pilot, id), RunResult.SUCCEEDED)
                            .build()))
                    .get(0)
                    .get();
            run.state = RunState.SUCCEEDED;
        }
    }

    private void decide(Pilot pilot, Random random) {
        RunId id = any(random, RunState.BLOCKED);
        if (id == null) {
            return;
        }
        Model run = Objects.requireNonNull(runs.get(id));
        var approval = pilot.approvals()
                .list(
                        ApprovalFilter.builder()
                                .status(ApprovalStatus.PENDING)
                                .runId(id)
                                .build(),
                        PageRequest.first(9))
                .items()
                .get(0);
        if (random.nextInt(3) == 0) {
            pilot.approvals().decide(approval.id(), Decision.reject("no"));
            run.state = RunState.FAILED;
            return;
        }
        Long before = run.limit;
        if (before != null) {
            run.limit = run.used + Math.max(1, before);
        }
        boolean fits = before == null ? freeFor(run) > 0 : freeFor(run) >= 0;
        try {
            pilot.approvals().decide(approval.id(), Decision.approve());
            assertThat(fits).as("room for the extension").isTrue();
            run.state = RunState.RUNNING;
        } catch (NotAllowed refused) {
            assertThat(refused.code()).isEqualTo("budget-used-up");
            assertThat(fits).as("room for the extension").isFalse();
            run.limit = before;
        }
    }

    private void states(Pilot pilot, String when) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> runs.forEach(
                        (id, run) -> assertThat(pilot.runs().get(id).state())
                                .as("%s: %s", when, id)
                                .isEqualTo(run.state)));
    }

    private void check(Pilot pilot, Project project, String when, long overshoot) {
        long spent = 0;
        for (Map.Entry<RunId, Model> entry : runs.entrySet()) {
            Run run = pilot.runs().get(entry.getKey());
            assertThat(run.usage().inputTokens()).as(when).isEqualTo(entry.getValue().used);
            assertThat(run.budget().tokens()).as(when).isEqualTo(entry.getValue().limit);
            spent += entry.getValue().used;
        }
        for (BudgetUse use : pilot.budgets().list()) {
            boolean all = use.budget().scope() == BudgetScope.PROJECT;
            for (String key : all ? List.of(project.id().value()) : PROVIDERS) {
                BudgetLevel level = use.levels().getOrDefault(key, new BudgetLevel(Spending.NONE, Spending.NONE));
                long free = Objects.requireNonNull(use.budget().limits().tokens())
                        - level.spent().tokens()
                        - level.reserved().tokens();
                assertThat(free).as("%s: %s", when, key).isEqualTo(free(all ? null : key));
                // Each report that finds nothing left, or more than its run may use, is its run's last.
                long unlimited = runs.values().stream()
                        .filter(run -> run.limit == null || run.used > run.limit)
                        .count();
                assertThat(free).as("%s: %s", when, key).isGreaterThanOrEqualTo(-overshoot * unlimited);
            }
        }
        assertThat(pilot.projects().usage(UsageQuery.of()).stream()
                        .mapToLong(row -> row.used().inputTokens())
                        .sum())
                .as(when)
                .isEqualTo(spent);
        runs.forEach((id, run) -> {
            List<Event> told = pilot.events()
                    .list(new EventFilter(null, id, null, "budget"), 0, 500)
                    .items();
            long limits = told.stream()
                    .filter(event -> event.data().number("share", 0) == 80)
                    .map(event -> event.data().number("allowed", 0))
                    .distinct()
                    .count();
            assertThat(told.stream().filter(event -> event.data().number("share", 0) == 80))
                    .as("%s: one warning for each limit of %s", when, id)
                    .hasSize((int) limits);
            if (run.limit != null && run.used >= run.limit - run.limit / 5) {
                assertThat(limits).as("%s: %s", when, id).isPositive();
            }
            if (run.limit != null && run.used > run.limit) {
                assertThat(told)
                        .as("%s: never silently", when)
                        .anySatisfy(event -> assertThat(event.title()).isEqualTo("over budget"));
            }
        });
    }
}
