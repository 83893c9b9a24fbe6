package dev.pilot.e2e.fault.worker;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.run.RunState;
import dev.pilot.e2e.fault.Patience;
import dev.pilot.e2e.fault.RunHistory;
import dev.pilot.e2e.fault.Violations;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The worker stands still past its lease, its command ends meanwhile, another one claims the run, and the first goes on as if nothing had happened:
 * what it brings is refused and leaves no trace.
 */
final class StandingStill {
    private static final WorkerId OTHER = new WorkerId("wrk_other");

    private final WorkerScene scene;
    private final String name;

    StandingStill(WorkerScene scene, String name) {
        this.scene = scene;
        this.name = name;
    }

    void run(Violations violations) throws IOException, InterruptedException {
        Pilot pilot = scene.pilot();
        WorkerScene.Waiting waiting = scene.createWaiting(pilot);
        WorkerScene.awaitStarted(pilot, waiting.id());
        Lease stale = requireNonNull(pilot.runs().get(waiting.id()).lease());

        scene.worker().pause();
        waiting.end();
        boolean back = Patience.holds(() -> pilot.runs().get(waiting.id()).state() == RunState.QUEUED);
        violations.count(
                name + ".stuck", back, RunHistory.of(pilot, waiting.id()).toString());
        Lease lease = requireNonNull(claim(pilot).run().lease());
        Trace before = Trace.of(pilot, waiting.id());
        scene.worker().resume();
        WorkerScene.Waiting next = scene.createWaiting(pilot);
        // It has one slot: when it has taken another run, it has let go of the first one.
        WorkerScene.awaitStarted(pilot, next.id());
        violations.count(name + ".trace", before.equals(Trace.of(pilot, waiting.id())), "of the worker on " + before);
        new StaleWrites(pilot, stale).run(name, violations);
        violations.count(name + ".trace", before.equals(Trace.of(pilot, waiting.id())), "of stale writes on " + before);

        pilot.work()
                .finish(List.of(FinishRun.builder(lease, RunResult.SUCCEEDED)
                        .summary("the other one's")
                        .build()))
                .get(0)
                .get();
        next.end();
        boolean done = Patience.holds(() -> pilot.runs().get(next.id()).state() == RunState.SUCCEEDED);
        violations.count(name + ".undone", done, RunHistory.of(pilot, next.id()).toString());
        RunHistory history = RunHistory.of(pilot, waiting.id());
        history.check(name, violations);
        violations.count(
                name + ".ended-once",
                history.count("succeed") == 1
                        && pilot.runs().get(waiting.id()).summary().equals("the other one's"),
                history.toString());
    }

    private static Assignment claim(Pilot pilot) {
        ClaimRequest request = ClaimRequest.builder(OTHER)
                .lease(Duration.ofMinutes(5))
                .waitFor(Duration.ofSeconds(20))
                .build();
        return pilot.work().claim(request).toCompletableFuture().join().get(0);
    }
}
