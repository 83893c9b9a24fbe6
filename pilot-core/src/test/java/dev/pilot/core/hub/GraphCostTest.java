package dev.pilot.core.hub;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.multibindings.OptionalBinder;
import com.google.inject.util.Modules;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Plan;
import dev.pilot.api.project.PlanTask;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.GraphRunState;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.run.StartGraph;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreConfig;
import dev.pilot.core.PilotHub;
import dev.pilot.core.PilotModule;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.store.sqlite.SqliteStoreProvider;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What graphs cost is counted, not timed: calls of the store and items in and out, whatever the machine does besides. */
class GraphCostTest {
    private static final int SMALL = 250;
    private static final int LARGE = 1_000;
    private static final int WIDTH = 25;
    private static final int AT_ONCE = 25;
    /** Four times the tasks may cost four times as much, and a little for what is rounded up. */
    private static final double MOST = 4.4;

    @TempDir
    private Path directory;

    private record Cost(long work, long mostInAUnit) {}

    @Test
    void aGraphOfFourTimesTheTasksCostsFourTimesAsMuch() {
        IntFunction<List<String>> layers = i -> {
            List<String> needed = new ArrayList<>();
            for (int before = 0; before < 3 && i >= WIDTH; before++) {
                needed.add("t" + ((i / WIDTH - 1) * WIDTH + (i + before) % WIDTH));
            }
            return needed;
        };
        Cost small = cost("layers-small", SMALL, layers, RunResult.SUCCEEDED);
        Cost large = cost("layers-large", LARGE, layers, RunResult.SUCCEEDED);

        assertThat((double) large.work() / small.work())
                .as(small + ", " + large)
                .isLessThan(MOST);
    }

    @Test
    void aChainOfFourTimesTheTasksCostsFourTimesAsMuchToBlock() {
        IntFunction<List<String>> chain = i -> i == 0 ? List.of() : List.of("t" + (i - 1));
        Cost small = cost("chain-small", SMALL, chain, RunResult.FAILED);
        Cost large = cost("chain-large", LARGE, chain, RunResult.FAILED);

        assertThat((double) large.work() / small.work())
                .as(small + ", " + large)
                .isLessThan(MOST);
    }

    @Test
    void manyReadyTasksAreBegunInUnitsThatAreNoLarger() {
        IntFunction<List<String>> apart = i -> List.of();
        Cost small = cost("apart-small", SMALL, apart, RunResult.SUCCEEDED);
        Cost large = cost("apart-large", LARGE, apart, RunResult.SUCCEEDED);

        assertThat((double) large.work() / small.work())
                .as(small + ", " + large)
                .isLessThan(MOST);
        assertThat((double) large.mostInAUnit())
                .as("no unit grows with the graph, but the one that starts it: it writes what there is to be done")
                .isLessThan(4.0 * LARGE + 1_000);
    }

    private Cost cost(String name, int tasks, IntFunction<List<String>> needs, RunResult result) {
        Path data = directory.resolve(name);
        CountingStore[] store = new CountingStore[1];
        PilotConfig config =
                PilotConfig.builder(data).sweepEvery(Duration.ofHours(1)).build();
        AbstractModule counting = new AbstractModule() {
            @Override
            protected void configure() {
                ProjectStore real = new SqliteStoreProvider()
                        .open(new StoreConfig("jdbc:sqlite:" + data + ".sqlite3", directory, Clock.systemUTC()));
                store[0] = new CountingStore(real);
                OptionalBinder.newOptionalBinder(binder(), ProjectStore.class)
                        .setBinding()
                        .toInstance(store[0]);
            }
        };
        try (PilotHub hub = Guice.createInjector(Modules.combine(new PilotModule(config), counting))
                .getInstance(PilotHub.class)) {
            ProjectId project = hub.projects().create(CreateProject.named(name)).id();
            List<PlanTask> plan = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                plan.add(PlanTask.builder("t" + i, "task " + i)
                        .dependsOn(needs.apply(i))
                        .build());
            }
            hub.tasks().importPlan(project, new Plan(plan));
            long before = store[0].work();
            GraphRun graph = hub.graphs()
                    .start(StartGraph.forProject(project)
                            .profile(RunProfile.command(List.of("true")))
                            .policy(RunPolicy.builder().maxAttempts(1).build())
                            .build());
            work(hub, graph, result);
            return new Cost(store[0].work() - before, store[0].mostInAUnit());
        }
    }

    private static void work(PilotHub hub, GraphRun graph, RunResult result) {
        ClaimRequest request = ClaimRequest.builder(new WorkerId("worker"))
                .limit(AT_ONCE)
                .waitFor(Duration.ofSeconds(30))
                .build();
        while (!hub.graphs().get(graph.id()).state().isFinal()) {
            List<Assignment> claimed = hub.work()
                    .claim(request)
                    .toCompletableFuture()
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
            hub.work()
                    .finish(claimed.stream()
                            .map(assignment -> FinishRun.builder(
                                            requireNonNull(assignment.run().lease()), result)
                                    .build())
                            .toList());
        }
        GraphRunState end = result == RunResult.SUCCEEDED ? GraphRunState.SUCCEEDED : GraphRunState.FAILED;
        assertThat(hub.graphs().get(graph.id()).state()).isEqualTo(end);
    }
}
