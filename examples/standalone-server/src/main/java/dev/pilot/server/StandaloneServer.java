package dev.pilot.server;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.WorkerId;
import dev.pilot.core.PilotHub;
import dev.pilot.core.worker.WorkerConfig;
import dev.pilot.http.PilotServer;
import java.net.URI;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A hub with a worker inside and an HTTP server in front. */
final class StandaloneServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StandaloneServer.class);

    private final PilotHub hub;
    private final PilotServer http;
    private final boolean ownToken;

    private StandaloneServer(PilotHub hub, PilotServer http, boolean ownToken) {
        this.hub = hub;
        this.http = http;
        this.ownToken = ownToken;
    }

    /** Starts all of it, or nothing. */
    static StandaloneServer start(ServerSettings settings) {
        settings.warnings().forEach(LOG::warn);
        PilotHub hub = PilotHub.open(settings.hub());
        try {
            keepIn(settings, hub);
            if (settings.slots() > 0) {
                hub.startWorker(
                        WorkerConfig.of(new WorkerId("wrk_embedded"), hub.data().root())
                                .host(settings.http().host())
                                .slots(settings.slots())
                                .labels(settings.labels())
                                .lease(settings.lease()));
            }
            PilotServer http = PilotServer.start(hub.door(), settings.http());
            LOG.info(
                    "Serving at {} with {} worker slots, data in {}.",
                    http.uri(),
                    settings.slots(),
                    hub.data().root());
            return new StandaloneServer(hub, http, settings.hub().adminToken() != null);
        } catch (RuntimeException failure) {
            hub.close();
            throw failure;
        }
    }

    /**
     * Where it may be reached.
     *
     * @throws InvalidInput saying what to set
     */
    private static void keepIn(ServerSettings settings, Pilot hub) {
        String refusal = Reach.refusal(
                settings, () -> KeptCallers.any(hub, settings.hub().clock().instant()));
        if (refusal != null) {
            throw InvalidInput.of("host", refusal);
        }
        String warning = Reach.warning(settings);
        if (warning != null) {
            LOG.warn(warning);
        }
    }

    URI uri() {
        return http.uri();
    }

    Path dataDirectory() {
        return hub.data().root();
    }

    Path tokenFile() {
        return dataDirectory().resolve("admin.token");
    }

    /** Where the admin's token is; never the token. */
    String tokenHint() {
        return ownToken ? "as set in admin.token or PILOT_ADMIN_TOKEN" : "in " + tokenFile();
    }

    /** First nobody new comes in, then what is under way ends. */
    @Override
    public void close() {
        http.close();
        hub.close();
    }
}
