package dev.pilot.e2e.fault.network;

import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.e2e.fault.Engine;
import dev.pilot.http.HttpConfig;
import dev.pilot.http.PilotServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A hub in this process that serves over real HTTP. */
final class ServedHub implements AutoCloseable {
    static final String TOKEN = "admin-token-0123456789";

    private final PilotHub hub;
    private final PilotServer server;

    ServedHub(Engine engine, Path data) {
        hub = PilotHub.open(PilotConfig.builder(data)
                .storeUrl(engine.storeUrl(data))
                .adminToken(TOKEN)
                .sweepEvery(Duration.ofMillis(100))
                .retryPause(Duration.ofMillis(1), Duration.ofMillis(1))
                .build());
        server = PilotServer.start(hub.door(), HttpConfig.builder().port(0).build());
    }

    PilotHub hub() {
        return hub;
    }

    URI uri() {
        return server.uri();
    }

    @Override
    public void close() {
        server.close();
        hub.close();
    }
}
