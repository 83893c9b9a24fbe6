package dev.pilot.core.hub;

import dev.pilot.api.Door;
import dev.pilot.api.Pilot;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Scope;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.AccessConfig;
import dev.pilot.core.config.PasswordCost;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.testkit.MovableClock;
import dev.pilot.testkit.hub.PilotFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A hub on SQLite in this process. */
final class EmbeddedPilot implements PilotFixture {
    private final MovableClock clock = MovableClock.create();
    private final Path directory;
    private final PilotHub hub;
    private final Map<Scope, Pilot> callers = new EnumMap<>(Scope.class);

    private EmbeddedPilot(Path parent) {
        try {
            directory = Files.createDirectory(parent.resolve("files"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hub = PilotHub.open(PilotConfig.builder(parent.resolve("data"))
                .secrets(List.of(KNOWN_SECRET))
                .sweepEvery(Duration.ofMillis(20))
                .access(AccessConfig.DEFAULTS.passwords(new PasswordCost(12, 64, 1, 1, 2, 64)))
                .clock(clock)
                .build());
    }

    static PilotFixture open(Path parent) {
        return new EmbeddedPilot(parent);
    }

    @Override
    public Pilot pilot() {
        return hub;
    }

    @Override
    public Pilot as(Scope scope) {
        return callers.computeIfAbsent(scope, wanted -> hub.as(Caller.of(wanted.wire(), wanted)));
    }

    @Override
    public Pilot as(Caller caller) {
        return hub.as(caller);
    }

    @Override
    public Pilot proposing() {
        return hub.as(Caller.of("proposer", Scope.AGENT).proposing());
    }

    @Override
    public Door door() {
        return hub.door();
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
        hub.close();
    }
}
