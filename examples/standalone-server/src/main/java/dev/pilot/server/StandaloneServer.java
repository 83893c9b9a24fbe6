package dev.pilot.server;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.WorkerId;
import dev.pilot.core.PilotHub;
import dev.pilot.core.worker.WorkerConfig;
import dev.pilot.http.HttpConfig;
import dev.pilot.http.PilotServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
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
        PilotHub hub = PilotHub.open(settings.hub());
        try {
            keepIn(settings);
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
     * What the hub made by itself lies in a file on this machine and is good for everything: it is not for other machines to guess at.
     *
     * @throws InvalidInput saying what to set
     */
    private static void keepIn(ServerSettings settings) {
        HttpConfig http = settings.http();
        if (isLoopback(http.host())) {
            return;
        }
        if (settings.hub().adminToken() == null && !settings.beyondLoopback()) {
            throw InvalidInput.of(
                    "host",
                    "is " + http.host() + ", beyond this machine, where only the token lets anybody in that the hub has"
                            + " made by itself: set admin.token (or PILOT_ADMIN_TOKEN) to one of your own, of 16"
                            + " characters or more; generated.token.beyond.loopback=true serves all the same");
        }
        if (http.tls() == null && http.trustedProxies().isEmpty()) {
            LOG.warn(
                    "Serving {} without TLS: whoever is on the way can read tokens. Set tls.certificate and tls.key, or"
                            + " put a proxy in front and name it in trusted.proxies.",
                    http.host());
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
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
