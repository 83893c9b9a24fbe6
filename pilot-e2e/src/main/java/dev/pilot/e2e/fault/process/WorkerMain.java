package dev.pilot.e2e.fault.process;

import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.RunnerAdapter;
import dev.pilot.api.run.RunnerProvider;
import dev.pilot.client.PilotClient;
import dev.pilot.client.run.FileOutbox;
import dev.pilot.core.redaction.RuleRedactor;
import dev.pilot.core.worker.Worker;
import dev.pilot.core.worker.WorkerConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;

/** A worker that reaches its hub over HTTP only, until its process ends. */
final class WorkerMain {
    private WorkerMain() {}

    /** With the hub's address, the token, who the worker is, its directory, and its lease in milliseconds. */
    public static void main(String[] arguments) throws InterruptedException {
        PilotClient client = PilotClient.connect(URI.create(arguments[0]), arguments[1]);
        Path directory = Path.of(arguments[3]);
        RunnerProvider runners =
                ServiceLoader.load(RunnerProvider.class).findFirst().orElseThrow();
        RuleRedactor redactor = RuleRedactor.withDefaults(List.of());
        Map<String, String> environment = Map.of(
                "PATH",
                System.getenv("PATH"),
                "PILOT_STATE_DIR",
                directory.resolve("processes").toString());
        RunnerAdapter runner = runners.runner(redactor, environment);
        Worker worker = Worker.start(
                client,
                WorkerConfig.of(new WorkerId(arguments[2]), directory)
                        .slots(1)
                        .lease(Duration.ofMillis(Long.parseLong(arguments[4]))),
                new Worker.Tools(
                        List.of(runner),
                        runners.commands(redactor, environment),
                        null,
                        new FileOutbox(directory.resolve("outbox"))));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            worker.close();
            runner.close();
            client.close();
        }));
        new CountDownLatch(1).await();
    }
}
