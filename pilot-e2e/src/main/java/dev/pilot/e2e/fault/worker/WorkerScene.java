package dev.pilot.e2e.fault.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.OutputRequest;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.e2e.fault.Engine;
import dev.pilot.e2e.fault.Patience;
import dev.pilot.e2e.fault.process.Cable;
import dev.pilot.e2e.fault.process.HubProcess;
import dev.pilot.e2e.fault.process.Tap;
import dev.pilot.e2e.fault.process.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One hub and one worker, each a process of its own, and a wire between them. */
final class WorkerScene implements AutoCloseable {
    static final WorkerId WORKER = new WorkerId("wrk_process");
    static final Duration LEASE = Duration.ofSeconds(3);
    static final String TOKEN = "worker-token-0123456789";

    private final Engine engine;
    private final Path directory;
    private final Cable cable;
    private volatile Supplier<Tap> taps = () -> Tap.OPEN;
    private HubProcess hub;
    private WorkerProcess worker;
    private int runs;

    WorkerScene(Engine engine, Path directory) throws IOException {
        this.engine = engine;
        this.directory = directory;
        this.hub = startHub();
        this.cable = new Cable(hub.uri(), () -> taps.get());
        this.worker = startWorker();
    }

    private HubProcess startHub() throws IOException {
        Map<String, String> settings = Map.of(
                "worker.slots", "0",
                "worker.token", TOKEN,
                "sweep.every", "100ms",
                "retry.pause", "1ms",
                "max.retry.pause", "1ms");
        return HubProcess.start(engine, directory.resolve("data"), directory.resolve("hub.log"), settings);
    }

    private WorkerProcess startWorker() throws IOException {
        return WorkerProcess.start(cable.uri(), TOKEN, WORKER, directory.resolve("worker"), LEASE);
    }

    Engine engine() {
        return engine;
    }

    Path directory() {
        return directory;
    }

    Cable cable() {
        return cable;
    }

    Pilot pilot() {
        return hub.client();
    }

    WorkerProcess worker() {
        return worker;
    }

    /** Breaks all connections; those that are made from now on are tapped. */
    void reconnect(Supplier<Tap> next) {
        cable.cut();
        taps = next;
        cable.heal();
    }

    /** Kills the hub (kill -9). */
    void killHub() throws InterruptedException {
        hub.kill();
    }

    /** Starts the hub again, on what the killed one has left. */
    void startHubAgain() throws IOException {
        hub = startHub();
        cable.leadTo(hub.uri());
    }

    /** Starts the worker again, with what the killed one has left. */
    void startWorkerAgain() throws IOException {
        worker = startWorker();
    }

    /** A run that prints its process id and goes on until a file is there, prints once more, and ends well. */
    record Waiting(RunId id, Path file) {
        /** Lets it end. */
        void end() throws IOException {
            Files.writeString(file, "");
        }
    }

    Waiting createWaiting(Pilot pilot) {
        runs++;
        Path file = directory.resolve("go-" + runs);
        String command = "echo pid $$; while [ ! -e '" + file + "' ]; do sleep 0.05; done; echo late";
        ProjectId project = pilot.projects()
                .create(CreateProject.builder("waiting").build())
                .id();
        RunId id = pilot.runs()
                .create(CreateRun.forProject(project, "wait " + runs)
                        .profile(RunProfile.command(List.of("sh", "-c", command)))
                        .policy(RunPolicy.builder().maxAttempts(10).build())
                        .build())
                .id();
        return new Waiting(id, file);
    }

    /** Waits until a run is carried out, and answers the id of its process. */
    static long awaitStarted(Pilot pilot, RunId id) {
        Patience.await("the run prints its process id", () -> {
            Run run = pilot.runs().get(id);
            return run.state() == RunState.RUNNING
                    && output(pilot, id, run.attempt()).endsWith("\n");
        });
        return Long.parseLong(output(pilot, id, 0).substring("pid ".length()).strip());
    }

    static String output(Pilot pilot, RunId id, int attempt) {
        OutputRequest request = new OutputRequest(id, attempt, OutputStream.STDOUT, 0, 1_000);
        return new String(pilot.runs().output(request).bytes(), UTF_8);
    }

    @Override
    public void close() throws IOException {
        worker.close();
        cable.close();
        hub.close();
    }
}
