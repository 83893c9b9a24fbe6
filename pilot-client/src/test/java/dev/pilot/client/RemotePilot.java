package dev.pilot.client;

import dev.pilot.api.Door;
import dev.pilot.api.Pilot;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Credentials;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.Scope;
import dev.pilot.api.access.Session;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.AccessConfig;
import dev.pilot.core.config.PasswordCost;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.http.HttpConfig;
import dev.pilot.http.PilotServer;
import dev.pilot.http.guard.RateLimits;
import dev.pilot.testkit.MovableClock;
import dev.pilot.testkit.hub.PilotFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A client of a hub on SQLite, over real HTTP. */
final class RemotePilot implements PilotFixture {
    private static final Map<Scope, String> TOKENS = Map.of(
            Scope.ADMIN, "admin-token-0123456789",
            Scope.AGENT, "agent-token-0123456789",
            Scope.WORKER, "worker-token-0123456789");

    private final MovableClock clock = MovableClock.create();
    private final Path directory;
    private final PilotHub hub;
    private final PilotServer server;
    private static final String PROPOSER = "proposer-token-0123456789";
    private @Nullable PilotClient proposing;
    private final Map<String, Caller> others = new ConcurrentHashMap<>();
    private final Map<Caller, PilotClient> otherClients = new HashMap<>();
    private final Map<Scope, PilotClient> clients = new EnumMap<>(Scope.class);

    private RemotePilot(Path parent) {
        try {
            directory = Files.createDirectory(parent.resolve("files"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hub = PilotHub.open(PilotConfig.builder(parent.resolve("data"))
                .adminToken(token(Scope.ADMIN))
                .agentToken(token(Scope.AGENT))
                .workerToken(token(Scope.WORKER))
                .secrets(List.of(KNOWN_SECRET))
                .sweepEvery(Duration.ofMillis(20))
                .access(AccessConfig.DEFAULTS.passwords(new PasswordCost(12, 64, 1, 1, 2, 64)))
                .clock(clock)
                .build());
        server = PilotServer.start(
                new Entry(),
                HttpConfig.builder()
                        .port(0)
                        .rates(RateLimits.NONE)
                        .callerCheck(Duration.ofMillis(100))
                        .build());
    }

    static RemotePilot open(Path parent) {
        return new RemotePilot(parent);
    }

    static String token(Scope scope) {
        return Objects.requireNonNull(TOKENS.get(scope), () -> "no token for " + scope);
    }

    URI uri() {
        return server.uri();
    }

    @Override
    public Pilot pilot() {
        return as(Scope.ADMIN);
    }

    /** The hub's door, which lets the proposer in, too. */
    private final class Entry implements Door {
        @Override
        public Pilot admit(Credentials credentials) {
            String token = Objects.requireNonNullElse(credentials.token(), "");
            Caller other = others.get(token);
            if (other != null) {
                return hub.as(other);
            }
            return PROPOSER.equals(token)
                    ? hub.as(Caller.of("proposer", Scope.AGENT).proposing())
                    : hub.door().admit(credentials);
        }

        @Override
        public Session logIn(LogIn who, String address) {
            return hub.door().logIn(who, address);
        }

        @Override
        public Session refresh(String refreshToken) {
            return hub.door().refresh(refreshToken);
        }
    }

    @Override
    public synchronized Pilot as(Caller caller) {
        return otherClients.computeIfAbsent(caller, wanted -> {
            String token = "token-0123456789-" + otherClients.size();
            others.put(token, wanted);
            return PilotClient.connect(uri(), token);
        });
    }

    @Override
    public synchronized Pilot proposing() {
        if (proposing == null) {
            proposing = PilotClient.connect(uri(), PROPOSER);
        }
        return proposing;
    }

    @Override
    public synchronized Pilot as(Scope scope) {
        return clients.computeIfAbsent(scope, wanted -> PilotClient.connect(uri(), token(wanted)));
    }

    @Override
    public Door door() {
        return PilotClient.door(uri());
    }

    @Override
    public MovableClock clock() {
        return clock;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        clients.values().forEach(PilotClient::close);
        otherClients.values().forEach(PilotClient::close);
        if (proposing != null) {
            proposing.close();
        }
        server.close();
        hub.close();
    }
}
