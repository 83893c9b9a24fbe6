package dev.pilot.e2e.fault.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.EventId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputRequest;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerAdapter;
import dev.pilot.api.run.RunnerProvider;
import dev.pilot.api.run.Subject;
import dev.pilot.client.PilotClient;
import dev.pilot.client.run.FileOutbox;
import dev.pilot.core.redaction.RuleRedactor;
import dev.pilot.core.worker.Worker;
import dev.pilot.core.worker.WorkerConfig;
import dev.pilot.e2e.fault.Patience;
import dev.pilot.e2e.fault.RunHistory;
import dev.pilot.e2e.fault.Violations;
import dev.pilot.e2e.fault.process.Cable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A worker and a client that writes events, over a wire on which no connection lasts. */
final class CutWorker {
    private static final int RUNS = 6;
    private static final int SLOTS = 4;
    private static final int LINES = 400;
    private static final int APPENDS = 30;
    private static final int MANY_ATTEMPTS = 100;
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final String COUNT = "i=0; while [ $i -lt " + LINES + " ]; do echo line $i; i=$((i+1)); done";
    private static final String COUNTED =
            IntStream.range(0, LINES).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());

    private final String name;
    private final ServedHub served;
    private final Path directory;
    private final Random random;

    CutWorker(String name, ServedHub served, Path directory, long seed) {
        this.name = name;
        this.served = served;
        this.directory = directory;
        this.random = new Random(seed);
    }

    void run(Violations violations) throws IOException {
        RunnerProvider runners =
                ServiceLoader.load(RunnerProvider.class).findFirst().orElseThrow();
        RuleRedactor redactor = RuleRedactor.withDefaults(List.of());
        Map<String, String> environment = Map.of(
                "PATH",
                System.getenv("PATH"),
                "PILOT_STATE_DIR",
                directory.resolve("processes").toString());
        Path own = directory.resolve("worker");
        List<RunId> runs = createRuns();
        try (Cable cable = new Cable(served.uri(), () -> new RandomTap(random));
                PilotClient client = PilotClient.connect(cable.uri(), ServedHub.TOKEN);
                RunnerAdapter runner = runners.runner(redactor, environment);
                Worker worker = Worker.start(
                        client,
                        WorkerConfig.of(new WorkerId("wrk_cut"), own)
                                .slots(SLOTS)
                                .lease(LEASE),
                        new Worker.Tools(
                                List.of(runner),
                                runners.commands(redactor, environment),
                                null,
                                new FileOutbox(own.resolve("outbox"))))) {
            List<String> acknowledged = append(client, cable);
            for (RunId run : runs) {
                boolean done = Patience.holds(() -> served.hub().runs().get(run).state() == RunState.SUCCEEDED);
                violations.count(
                        name + ".undone", done, "run " + served.hub().runs().get(run));
            }
            runs.forEach(run -> look(run, violations));
            look(acknowledged, violations);
        }
    }

    private List<RunId> createRuns() {
        ProjectId project = served.hub()
                .projects()
                .create(CreateProject.builder("cut").build())
                .id();
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(served.hub()
                    .runs()
                    .create(CreateRun.forProject(project, "count " + i)
                            .profile(RunProfile.command(List.of("sh", "-c", COUNT)))
                            .policy(RunPolicy.builder()
                                    .maxAttempts(MANY_ATTEMPTS)
                                    .build())
                            .build())
                    .id());
        }
        return runs;
    }

    /** Writes events, each again until it is acknowledged; now and then the whole cable is out for a moment. */
    private List<String> append(PilotClient client, Cable cable) {
        List<String> acknowledged = new ArrayList<>();
        for (int i = 0; i < APPENDS; i++) {
            String id = "evt_cut-" + random.nextLong(Long.MAX_VALUE);
            NewEvent event = NewEvent.builder(new Subject("load", "cut"))
                    .id(new EventId(id))
                    .build();
            if (i % 10 == 5) {
                cable.cut();
            }
            Patience.await("an event is acknowledged", () -> {
                try {
                    client.events().append(List.of(event)).toCompletableFuture().join();
                    return true;
                } catch (PilotException | CompletionException broken) {
                    cable.heal();
                    return false;
                }
            });
            acknowledged.add(id);
        }
        return acknowledged;
    }

    private void look(RunId id, Violations violations) {
        RunHistory history = RunHistory.of(served.hub(), id);
        history.check(name, violations);
        violations.count(name + ".ended-once", history.count("succeed") == 1, history.toString());
        Run run = served.hub().runs().get(id);
        byte[] output = served.hub()
                .runs()
                .output(new OutputRequest(id, run.attempt(), OutputStream.STDOUT, 0, 2 * COUNTED.length()))
                .bytes();
        violations.count(
                name + ".output",
                new String(output, UTF_8).equals(COUNTED),
                "run " + id + " attempt " + run.attempt() + " has " + output.length + " bytes of " + COUNTED.length());
    }

    private void look(List<String> acknowledged, Violations violations) {
        Map<String, Integer> found = RunHistory.eventIds(served.hub());
        for (String id : acknowledged) {
            int times = found.getOrDefault(id, 0);
            violations.count(name + ".event-once", times == 1, id + " is there " + times + " times");
        }
    }
}
