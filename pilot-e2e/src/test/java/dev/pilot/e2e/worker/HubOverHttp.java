package dev.pilot.e2e.worker;

import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.Outbox;
import dev.pilot.client.PilotClient;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.core.redaction.RuleRedactor;
import dev.pilot.core.worker.Worker;
import dev.pilot.core.worker.WorkerConfig;
import dev.pilot.http.HttpConfig;
import dev.pilot.http.PilotServer;
import dev.pilot.testkit.MovableClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A hub whose HTTP server goes away and comes back at the same port, and workers that reach it only there. */
final class HubOverHttp implements AutoCloseable {
    private static final String WORKER_TOKEN = "worker-token-0123456789";
    private final MovableClock clock = MovableClock.create();
    private final PilotHub hub;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private @Nullable PilotServer server;
    private int port;

    HubOverHttp(Path data) {
        hub = PilotHub.open(PilotConfig.builder(data)
                .workerToken(WORKER_TOKEN)
                .sweepEvery(Duration.ofMillis(20))
                .retryPause(Duration.ofMillis(1), Duration.ofMillis(1))
                .clock(clock)
                .build());
        appear();
    }

    PilotHub hub() {
        return hub;
    }

    /** The hub's clock only; workers go by the real one. */
    MovableClock clock() {
        return clock;
    }

    /** Nobody reaches the hub any more. */
    void vanish() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    void appear() {
        PilotServer started =
                PilotServer.start(hub.door(), HttpConfig.builder().port(port).build());
        server = started;
        port = started.uri().getPort();
    }

    Worker worker(String id, Path directory, Duration lease, Outbox outbox) {
        PilotClient client = PilotClient.connect(URI.create("http://127.0.0.1:" + port), WORKER_TOKEN);
        Worker.Tools tools =
                Worker.Tools.onClassPath(RuleRedactor.withDefaults(List.of()), System.getenv(), directory, outbox);
        Worker worker = Worker.start(
                client, WorkerConfig.elsewhere(new WorkerId(id), directory).lease(lease), tools);
        open.push(client);
        tools.runners().forEach(open::push);
        open.push(worker);
        return worker;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
        vanish();
        hub.close();
    }
}
