package dev.pilot.e2e.fault.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.value.Json;
import dev.pilot.client.PilotClient;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.e2e.fault.FaultSuite;
import dev.pilot.e2e.fault.Patience;
import dev.pilot.e2e.fault.Scratch;
import dev.pilot.e2e.fault.Violations;
import dev.pilot.http.HttpConfig;
import dev.pilot.http.PilotServer;
import dev.pilot.http.guard.RateLimits;
import dev.pilot.wire.ErrorBody;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.route.Route;
import dev.pilot.wire.route.Routes;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Sends what nobody should send to every route there is, and looks at what is answered, at the hub meanwhile and at what is left
 * afterwards. Each round has a seed of its own, which an example of a violation names.
 */
public final class FuzzFaults implements FaultSuite {
    private static final long SEED = 20_261_121;
    private static final int TRIES = 3;
    private static final int HALF_OPEN = 40;
    private static final String TOKEN = "admin-token-0123456789";

    /** What would tell of what the server is made of. */
    private static final Pattern INSIDES = Pattern.compile(
            "Exception|Throwable|\\bat [a-z]+\\.[a-z.]+\\(|\\b(java|javax|jdk|sun|kotlin|org\\.eclipse|com\\.fasterxml|org\\.sqlite|org\\.postgresql"
                    + "|org\\.jdbi|dev\\.pilot)\\.[a-z]|(?i:jetty|jackson|sqlstate|stacktrace)");

    /** Makes it. */
    public FuzzFaults() {}

    @Override
    public int rounds() {
        return 100;
    }

    @Override
    public void run(int rounds, Violations violations) throws Exception {
        HttpConfig config = HttpConfig.builder()
                .port(0)
                .rates(RateLimits.NONE)
                .headerTimeout(Duration.ofSeconds(2))
                .idleTimeout(Duration.ofSeconds(4))
                .heartbeat(Duration.ofSeconds(1))
                .tokenWait(Duration.ofSeconds(2))
                .claimWait(Duration.ofSeconds(1))
                .eventWait(Duration.ofSeconds(1))
                .build();
        try (Scratch scratch = Scratch.make("pilot-fuzz");
                PilotHub hub =
                        PilotHub.open(PilotConfig.builder(scratch.directory().resolve("data"))
                                .adminToken(TOKEN)
                                .maxClaimWait(Duration.ofSeconds(1))
                                .build());
                PilotServer server = PilotServer.start(hub.door(), config)) {
            Json.Obj description = description(server.port());
            List<String> ids = List.of(
                    hub.projects().create(CreateProject.named("fuzz")).id().value(), "x", "none");
            long threads = threads();
            for (int round = 1; round <= rounds; round++) {
                long seed = SEED + round;
                try (HalfOpen halfOpen = new HalfOpen(new Random(seed), server.port(), TOKEN, HALF_OPEN)) {
                    round(
                            seed,
                            new OddRequests(new Random(seed), TOKEN, ids, description),
                            server,
                            halfOpen,
                            violations);
                    violations.count("fuzz.healthy", isHealthy(server), "seed " + seed);
                }
                System.err.printf("fuzz: round %d of %d%n", round, rounds);
            }
            violations.count(
                    "fuzz.left-over",
                    Patience.holds(() -> server.connections() == 0),
                    server.connections() + " connections are open");
            violations.count(
                    "fuzz.left-over",
                    Patience.holds(() -> threads() <= threads + config.threads()),
                    threads() + " threads after " + threads);
            violations.count("fuzz.healthy", isHealthy(server), "in the end");
        }
    }

    private static void round(
            long seed, OddRequests requests, PilotServer server, HalfOpen halfOpen, Violations violations)
            throws IOException {
        for (Route<?, ?> route : Routes.all()) {
            for (int i = 0; i < TRIES; i++) {
                OddRequests.Sent sent = requests.to(route);
                boolean head = sent.what().startsWith("HEAD ");
                Wire.Answer answer = Wire.send(server.port(), sent.bytes(), head);
                look(answer, head, "seed " + seed + ": " + sent.what(), violations);
            }
            halfOpen.drip();
        }
    }

    private static void look(Wire.Answer answer, boolean head, String sent, Violations violations) {
        String told = sent + "\n  -> " + answer.head() + "\n" + answer.body();
        violations.count("fuzz.answered-or-closed", answer.status() >= 0, told);
        violations.count("fuzz.no-5xx", answer.status() < 500, told);
        if (answer.status() >= 400) {
            violations.count("fuzz.problem", head || isProblem(answer), told);
            violations.count(
                    "fuzz.tells-nothing-of-its-insides",
                    !INSIDES.matcher(answer.head() + answer.body()).find(),
                    told);
        }
    }

    private static boolean isProblem(Wire.Answer answer) {
        try {
            ErrorBody body = WireCodec.readLenient(answer.body(), ErrorBody.class);
            return answer.isProblem()
                    && body.status() == answer.status()
                    && !body.code().isEmpty();
        } catch (InvalidInput unreadable) {
            return false;
        }
    }

    /** What everybody else does meanwhile works. */
    private static boolean isHealthy(PilotServer server) {
        try (Pilot pilot = PilotClient.connect(server.uri(), TOKEN)) {
            Project made = pilot.projects().create(CreateProject.named("healthy"));
            return pilot.system().health().healthy()
                    && pilot.projects().get(made.id()).equals(made);
        } catch (PilotException broken) {
            System.err.println("fuzz: " + broken.getMessage());
            return false;
        }
    }

    private static Json.Obj description(int port) throws IOException {
        String request = "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                + TOKEN + "\r\n\r\n";
        try (Socket socket = Wire.connect(port)) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            return WireCodec.read(answer.substring(answer.indexOf("\r\n\r\n") + 4), Json.Obj.class);
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pilot"))
                .count();
    }
}
