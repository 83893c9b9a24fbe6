package dev.pilot.e2e.postgres;

import dev.pilot.api.Door;
import dev.pilot.api.Pilot;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Credentials;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.Scope;
import dev.pilot.api.access.Session;
import dev.pilot.client.PilotClient;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.AccessConfig;
import dev.pilot.core.config.PasswordCost;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.http.HttpConfig;
import dev.pilot.http.PilotServer;
import dev.pilot.http.guard.RateLimits;
import dev.pilot.store.postgres.PostgresServer;
import dev.pilot.testkit.MovableClock;
import dev.pilot.testkit.hub.PilotFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** A hub on Postgres, seen from within this process or over real HTTP. */
final class PostgresPilot implements PilotFixture {
    private final MovableClock clock = MovableClock.create();
    private final Path directory;
    private final PilotHub hub;
    private final @Nullable PilotServer server;
    private static final Caller PROPOSER = Caller.of("proposer", Scope.AGENT).proposing();
    private static final String PROPOSER_TOKEN = "proposer-token-0123456789";
    private @Nullable Pilot proposing;
    private final Map<String, Caller> others = new ConcurrentHashMap<>();
    private final Map<Caller, Pilot> otherClients = new HashMap<>();
    private final Map<Scope, Pilot> callers = new EnumMap<>(Scope.class);

    private PostgresPilot(Path parent, boolean remote) {
        try {
            directory = Files.createDirectory(parent.resolve("files"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hub = PilotHub.open(PilotConfig.builder(parent.resolve("data"))
                .storeUrl(PostgresServer.url(parent))
                .adminToken(token(Scope.ADMIN))
                .agentToken(token(Scope.AGENT))
                .workerToken(token(Scope.WORKER))
                .secrets(List.of(KNOWN_SECRET))
                .sweepEvery(Duration.ofMillis(50))
                .access(AccessConfig.DEFAULTS.passwords(new PasswordCost(12, 64, 1, 1, 2, 64)))
                .clock(clock)
                .build());
        server = remote
                ? PilotServer.start(
                        new Entry(),
                        HttpConfig.builder().port(0).rates(RateLimits.NONE).build())
                : null;
    }

    static PilotFixture embedded(Path parent) {
        return new PostgresPilot(parent, false);
    }

    static PilotFixture remote(Path parent) {
        return new PostgresPilot(parent, true);
    }

    private static String token(Scope scope) {
        return scope.wire() + "-token-0123456789";
    }

    @Override
    public Pilot pilot() {
        return server == null ? hub : as(Scope.ADMIN);
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
            return PROPOSER_TOKEN.equals(token) ? hub.as(PROPOSER) : hub.door().admit(credentials);
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
        if (server == null) {
            return hub.as(caller);
        }
        return otherClients.computeIfAbsent(caller, wanted -> {
            String token = "token-0123456789-" + otherClients.size();
            others.put(token, wanted);
            return PilotClient.connect(server.uri(), token);
        });
    }

    @Override
    public synchronized Pilot proposing() {
        Pilot known = proposing;
        if (known == null) {
            known = server == null ? hub.as(PROPOSER) : PilotClient.connect(server.uri(), PROPOSER_TOKEN);
            proposing = known;
        }
        return known;
    }

    @Override
    public synchronized Pilot as(Scope scope) {
        return callers.computeIfAbsent(
                scope,
                wanted -> server == null
                        ? hub.as(Caller.of(wanted.wire(), wanted))
                        : PilotClient.connect(server.uri(), token(wanted)));
    }

    @Override
    public Door door() {
        return server == null ? hub.door() : PilotClient.door(server.uri());
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
        callers.values().forEach(Pilot::close);
        otherClients.values().forEach(Pilot::close);
        if (proposing != null) {
            proposing.close();
        }
        if (server != null) {
            server.close();
        }
        hub.close();
    }
}
