package dev.pilot.bench.follow;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.http.HttpConfig;
import dev.pilot.http.PilotServer;
import dev.pilot.http.guard.RateLimits;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The hub's side of the race, a process of its own: a whole hub over HTTP, which stores each event durably before it is told. */
public final class FollowServer {
    /** What shows who asks. */
    static final String TOKEN = "token-of-the-benchmark";

    private static final RunId RUN = new RunId("run_bench");

    /** All readers are one thread of the benchmark; where that is slow, it is to be seen as such. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** All readers are at one address. */
    private static final int MOST = 1 << 16;

    private static final String MESSAGE = "x".repeat(150);

    private FollowServer() {}

    /**
     * Serves until its input ends; a line {@code go <count>} makes so many events, a thousand in a second.
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
                        HttpConfig.builder()
                                .port(0)
                                .rates(RateLimits.NONE)
                                .maxAddressConnections(MOST)
                                .slowReader(PATIENCE)
                                .build());
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            System.out.println("port " + server.port());
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                tell(hub, Integer.parseInt(line.split(" ")[1]));
                System.out.println("told");
            }
        }
    }

    private static void tell(PilotHub hub, int count) {
        long start = System.nanoTime();
        int told = 0;
        while (told < count) {
            long due = Math.min(count, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            for (; told < due; told++) {
                var unused = hub.events().append(List.of(event()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static NewEvent event() {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        return NewEvent.builder(new Subject("run", RUN.value()))
                .runId(RUN)
                .projectId(new ProjectId("prj_bench"))
                .type("log")
                .title("sent " + micros + ".")
                .message(MESSAGE)
                .build();
    }
}
