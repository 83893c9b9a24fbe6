package dev.pilot.e2e.fault.worker;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunState;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.e2e.fault.Patience;
import dev.pilot.e2e.fault.RunHistory;
import dev.pilot.e2e.fault.Violations;
import dev.pilot.e2e.fault.process.Tap;
import dev.pilot.http.HttpConfig;
import dev.pilot.http.PilotServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The worker's clock and the hub's differ by an hour: as long as it is heard of, the worker keeps its lease through several of its lengths;
 * when it stands still, it loses the lease, but not before it expires by the hub's clock.
 */
final class SkewedClock {
    private static final int RENEWALS = 5;
    private static final int TRIES = 5;

    private final WorkerScene scene;
    private final String name;
    private final Clock clock;

    SkewedClock(WorkerScene scene, String name, Duration skew) {
        this.scene = scene;
        this.name = name;
        this.clock = Clock.offset(Clock.systemUTC(), skew);
    }

    void run(Violations violations) throws IOException, InterruptedException {
        Path data = scene.directory().resolve("skewed");
        try (PilotHub hub = PilotHub.open(PilotConfig.builder(data)
                        .storeUrl(scene.engine().storeUrl(data))
                        .workerToken(WorkerScene.TOKEN)
                        .sweepEvery(Duration.ofMillis(100))
                        .retryPause(Duration.ofMillis(1), Duration.ofMillis(1))
                        .clock(clock)
                        .build());
                PilotServer server = PilotServer.start(
                        hub.door(), HttpConfig.builder().port(0).build())) {
            scene.cable().leadTo(server.uri());
            scene.reconnect(() -> Tap.OPEN);
            run(hub, violations);
        }
    }

    private void run(Pilot hub, Violations violations) throws IOException, InterruptedException {
        WorkerScene.Waiting waiting = scene.createWaiting(hub);
        WorkerScene.awaitStarted(hub, waiting.id());
        boolean kept = false;
        // A machine that is too busy to have the worker heard of in time proves nothing about clocks: then once more.
        for (int i = 0; i < TRIES && !kept; i++) {
            kept = keepsItsLease(hub, waiting.id(), violations);
        }
        violations.count(name + ".kept", kept, RunHistory.of(hub, waiting.id()).toString());

        WorkerScene.awaitStarted(hub, waiting.id());
        scene.worker().pause();
        Instant last = lease(hub, waiting.id()).expiresAt();
        boolean back = Patience.holds(() -> hub.runs().get(waiting.id()).state() == RunState.QUEUED);
        scene.worker().resume();
        violations.count(name + ".stuck", back, RunHistory.of(hub, waiting.id()).toString());
        Instant lost = lossOf(hub, waiting.id());
        violations.count(name + ".not-early", !lost.isBefore(last), "lost at " + lost + ", expired at " + last);

        waiting.end();
        boolean done = Patience.holds(() -> hub.runs().get(waiting.id()).state() == RunState.SUCCEEDED);
        RunHistory history = RunHistory.of(hub, waiting.id());
        violations.count(name + ".undone", done, history.toString());
        history.check(name, violations);
        violations.count(name + ".ended-once", history.count("succeed") == 1, history.toString());
    }

    /** Whether one attempt's lease is renewed several times, and never for longer than it was asked for. */
    private boolean keepsItsLease(Pilot hub, RunId id, Violations violations) {
        WorkerScene.awaitStarted(hub, id);
        Run first = hub.runs().get(id);
        Lease before = first.lease();
        for (int i = 0; i < RENEWALS && before != null; i++) {
            Instant expiry = before.expiresAt();
            Patience.holds(() -> {
                Lease now = hub.runs().get(id).lease();
                return now == null
                        || now.attempt() != first.attempt()
                        || now.expiresAt().isAfter(expiry);
            });
            Lease now = hub.runs().get(id).lease();
            Duration left = now == null ? Duration.ZERO : Duration.between(clock.instant(), now.expiresAt());
            violations.count(name + ".length", left.compareTo(WorkerScene.LEASE) <= 0, left + " are left of the lease");
            before = now != null && now.attempt() == first.attempt() ? now : null;
        }
        return before != null;
    }

    private static Lease lease(Pilot hub, RunId run) {
        return requireNonNull(hub.runs().get(run).lease(), "the run has no lease");
    }

    private static Instant lossOf(Pilot hub, RunId run) {
        return hub.events().list(EventFilter.of(run), 0, 1_000).items().stream()
                .filter(event -> "lease-expired".equals(event.data().text("reason")))
                .map(Event::at)
                .reduce((older, newer) -> newer)
                .orElse(Instant.MIN);
    }
}
