package dev.pilot.e2e.fault.graph;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.GraphState;
import dev.pilot.api.project.GraphTask;
import dev.pilot.api.project.PlannedTask;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.project.UpdateTask;
import dev.pilot.api.run.GraphNodeState;
import dev.pilot.api.run.GraphRunState;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.StartGraph;
import dev.pilot.api.value.Edit;
import dev.pilot.e2e.fault.Engine;
import dev.pilot.e2e.fault.FaultSuite;
import dev.pilot.e2e.fault.Scratch;
import dev.pilot.e2e.fault.Violations;
import dev.pilot.e2e.fault.process.HubProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Random graphs of tasks that fail at random, under a hub that is killed at random moments. Every task ends as the plain model says,
 * none begins before what it depends on is done, no more runs are there than were asked for; and once all that failed is tried again
 * and ends well, all is done.
 */
public final class GraphFaults implements FaultSuite {
    private static final long SEED = 4_20_261_121;
    private static final int KILLS = 3;
    private static final int MOST_STEPS = 12;
    private static final int MOST_DELAY_MILLIS = 30;
    /** A graph that takes more steps of its worker has come to a standstill. */
    private static final int STANDSTILL = 1_000;

    private static final Map<String, String> SETTINGS =
            Map.of("sweep.every", "100ms", "retry.pause", "0s", "max.retry.pause", "0s");

    private final List<Engine> engines;

    /** Makes it for all engines. */
    public GraphFaults() {
        this(List.of(Engine.values()));
    }

    /**
     * Makes it.
     *
     * @param engines what keeps the hubs' records, one after the other
     */
    public GraphFaults(List<Engine> engines) {
        this.engines = List.copyOf(engines);
    }

    /** 20 graphs on each store, each with 3 kills. */
    @Override
    public int rounds() {
        return 20;
    }

    @Override
    public void run(int rounds, Violations violations) throws Exception {
        for (Engine engine : engines) {
            try (Scratch scratch = Scratch.make("pilot-graph")) {
                Path data = scratch.directory().resolve("data");
                Path log = scratch.directory().resolve("hub.log");
                Hubs hubs = new Hubs(engine, data, log);
                try {
                    for (int round = 1; round <= rounds; round++) {
                        new Story(hubs, engine, SEED + round, violations).play();
                        System.err.printf("graph.%s: graph %d of %d%n", engine.label(), round, rounds);
                    }
                } finally {
                    hubs.end();
                }
            }
        }
    }

    /** One hub after another on the same data. */
    private static final class Hubs {
        private final Engine engine;
        private final Path data;
        private final Path log;
        private HubProcess now;

        Hubs(Engine engine, Path data, Path log) throws IOException {
            this.engine = engine;
            this.data = data;
            this.log = log;
            this.now = HubProcess.start(engine, data, log, SETTINGS);
        }

        Pilot pilot() {
            return now.client();
        }

        HubProcess now() {
            return now;
        }

        void next() throws IOException {
            now = HubProcess.start(engine, data, log, SETTINGS);
        }

        void end() {
            now.close();
        }
    }

    /** One graph, from its plan to its end. */
    private static final class Story {
        private final Hubs hubs;
        private final String name;
        private final String seed;
        private final Random random;
        private final RandomGraph graph;
        private final GraphWorker worker;
        private final Violations violations;
        private final Map<String, TaskId> tasks = new HashMap<>();

        Story(Hubs hubs, Engine engine, long seed, Violations violations) {
            this.hubs = hubs;
            this.name = "graph." + engine.label();
            this.seed = "seed " + seed + ": ";
            this.random = new Random(seed);
            this.graph = new RandomGraph(random);
            this.worker = new GraphWorker(graph, random, "worker-" + seed);
            this.violations = violations;
        }

        void play() throws IOException, InterruptedException {
            ProjectId project = hubs.pilot()
                    .projects()
                    .create(CreateProject.named("graph " + seed))
                    .id();
            for (PlannedTask planned : hubs.pilot().tasks().importPlan(project, graph.plan())) {
                tasks.put(planned.key(), planned.task().id());
                if (graph.fate(planned.key()) == RandomGraph.Fate.DONE_BEFORE) {
                    hubs.pilot()
                            .tasks()
                            .update(
                                    planned.task().id(),
                                    UpdateTask.builder()
                                            .status(Edit.set(TaskStatus.DONE))
                                            .build());
                }
            }
            GraphRunId id = new GraphRunId("grn_" + project.value());
            StartGraph start = StartGraph.forProject(project)
                    .id(id)
                    .profile(RunProfile.command(List.of("true")))
                    .policy(RunPolicy.builder().maxAttempts(2).build())
                    .labels(Set.of(GraphWorker.LABEL))
                    .maxActive(graph.maxActive())
                    .build();
            for (int kill = 0; kill < KILLS; kill++) {
                // Before the first kill the graph run may not even have been started, or it may be unknown whether it
                // was.
                killWhile(start);
            }
            hubs.pilot().graphs().start(start);
            workUntilItIsOver(id);
            Map<String, GraphNodeState> ends = graph.ends();
            compare(id, ends, ".ends-as-the-model-says");
            boolean all = ends.values().stream().allMatch(end -> end == GraphNodeState.DONE);
            GraphRunState state = hubs.pilot().graphs().get(id).state();
            violations.count(
                    name + ".graph-state",
                    state == (all ? GraphRunState.SUCCEEDED : GraphRunState.FAILED),
                    seed + "is " + state);

            worker.turnGood();
            hubs.pilot().graphs().retryFailed(id);
            killWhile(start);
            workUntilItIsOver(id);
            ends.replaceAll((key, end) -> GraphNodeState.DONE);
            compare(id, ends, ".all-done-after-a-retry");
            new GraphReplay(hubs.pilot(), graph, tasks, violations, name).look(project, id);
        }

        /** Lets the worker work for some time, and kills the hub in the midst of it. */
        private void killWhile(StartGraph start) throws IOException, InterruptedException {
            int steps = random.nextInt(MOST_STEPS);
            Pilot pilot = hubs.pilot();
            pilot.graphs().start(start);
            for (int i = 0; i < steps; i++) {
                worker.step(pilot);
            }
            HubProcess hub = hubs.now();
            CompletableFuture<Void> killed = CompletableFuture.runAsync(
                    () -> kill(hub),
                    CompletableFuture.delayedExecutor(random.nextInt(MOST_DELAY_MILLIS), TimeUnit.MILLISECONDS));
            try {
                while (!killed.isDone()) {
                    worker.step(pilot);
                }
            } catch (PilotException | CompletionException gone) {
                // that is what was to happen
            }
            killed.join();
            hubs.next();
        }

        private static void kill(HubProcess hub) {
            try {
                hub.kill();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }

        private void workUntilItIsOver(GraphRunId id) {
            for (int i = 0; i < STANDSTILL; i++) {
                if (hubs.pilot().graphs().get(id).state().isFinal()) {
                    return;
                }
                worker.step(hubs.pilot());
            }
            violations.count(
                    name + ".comes-to-an-end",
                    false,
                    seed + hubs.pilot().graphs().get(id).counts());
        }

        private void compare(GraphRunId id, Map<String, GraphNodeState> ends, String promise) {
            GraphState state = hubs.pilot().graphs().state(id);
            Map<TaskId, GraphNodeState> found = new HashMap<>();
            for (GraphTask task : state.tasks()) {
                found.put(task.taskId(), task.state());
            }
            ends.forEach((key, end) -> violations.count(
                    name + promise,
                    end == found.get(tasks.get(key)),
                    seed + key + " should be " + end + " and is " + found.get(tasks.get(key))));
        }
    }
}
