package dev.pilot.e2e.fault.graph;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunError;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.value.ItemResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** Claims runs and reports on them as their tasks' fates say. What it has not been able to report, it reports to the next hub first. */
final class GraphWorker {
    /** Only it has this label: the hub's own worker takes no run that asks for it. */
    static final String LABEL = "fate";

    private static final int MOST_AT_ONCE = 3;

    private final RandomGraph graph;
    private final Random random;
    private final WorkerId id;
    private final Map<RunId, FinishRun> unreported = new LinkedHashMap<>();
    private boolean allGood;

    GraphWorker(RandomGraph graph, Random random, String name) {
        this.graph = graph;
        this.random = random;
        this.id = new WorkerId(name);
    }

    /** From now on, what is carried out ends well. */
    void turnGood() {
        allGood = true;
    }

    /**
     * Works a little.
     *
     * @throws PilotException if the hub is gone
     * @throws CompletionException if it went while it was asked for runs
     */
    void step(Pilot pilot) {
        report(pilot);
        List<Assignment> claimed = pilot.work()
                .claim(ClaimRequest.builder(id)
                        .limit(1 + random.nextInt(MOST_AT_ONCE))
                        .labels(Set.of(LABEL))
                        .lease(Duration.ofMinutes(5))
                        .holding(List.copyOf(unreported.keySet()))
                        .waitFor(Duration.ofMillis(200))
                        .build())
                .toCompletableFuture()
                .join();
        claimed.forEach(assignment -> unreported.put(assignment.run().id(), report(assignment.run())));
        report(pilot);
    }

    private void report(Pilot pilot) {
        // One by one, and only some: so others are held while the hub is killed.
        for (FinishRun report : new ArrayList<>(unreported.values())) {
            if (random.nextInt(4) > 0) {
                ItemResult<Run> unused = pilot.work().finish(List.of(report)).get(0);
                unreported.remove(report.lease().runId());
            }
        }
    }

    private FinishRun report(Run run) {
        RandomGraph.Fate fate = graph.fate(run.goal());
        boolean bad = !allGood
                && (fate == RandomGraph.Fate.BAD || fate == RandomGraph.Fate.GOOD_AT_LAST && run.failures() == 0);
        FinishRun.Builder report =
                FinishRun.builder(requireNonNull(run.lease()), bad ? RunResult.FAILED : RunResult.SUCCEEDED);
        return bad
                ? report.error(new RunError("fate", "so it was meant")).build()
                : report.exitCode(0).build();
    }
}
