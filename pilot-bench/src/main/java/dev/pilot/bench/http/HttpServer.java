package dev.pilot.bench.http;

import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.http.HttpConfig;
import dev.pilot.http.PilotServer;
import dev.pilot.http.guard.RateLimits;
import java.nio.file.Path;

/** The hub's side of the race, a process of its own: a whole hub on SQLite, with its checks and its redaction. */
public final class HttpServer {
    /** What shows who asks. */
    static final String TOKEN = "token-of-the-benchmark";

    private HttpServer() {}

    /**
     * Serves until its input ends.
     *
     * @param arguments the data directory
     * @throws Exception if it could not serve
     */
    public static void main(String[] arguments) throws Exception {
        PilotConfig config =
                PilotConfig.builder(Path.of(arguments[0])).adminToken(TOKEN).build();
        try (PilotHub hub = PilotHub.open(config);
                PilotServer server = PilotServer.start(
                        hub.door(),
                        HttpConfig.builder().port(0).rates(RateLimits.NONE).build())) {
            System.out.println("port " + server.port());
            while (System.in.read() >= 0) {
                // it is told nothing but the end
            }
        }
    }
}
