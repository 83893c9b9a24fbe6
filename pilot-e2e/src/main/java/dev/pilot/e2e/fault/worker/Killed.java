package dev.pilot.e2e.fault.worker;

import dev.pilot.api.Pilot;
import dev.pilot.api.run.Attempt;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunState;
import dev.pilot.e2e.fault.Patience;
import dev.pilot.e2e.fault.RunHistory;
import dev.pilot.e2e.fault.Violations;
import dev.pilot.e2e.fault.process.LiveProcess;
import java.io.IOException;

/** The worker is killed in the middle of a run and started again: the run is put back, done once, and nothing of the first attempt is left. */
final class Killed {
    private final WorkerScene scene;
    private final String name;

    Killed(WorkerScene scene, String name) {
        this.scene = scene;
        this.name = name;
    }

    void run(Violations violations) throws IOException, InterruptedException {
        Pilot pilot = scene.pilot();
        WorkerScene.Waiting waiting = scene.createWaiting(pilot);
        long pid = WorkerScene.awaitStarted(pilot, waiting.id());
        int attempt = pilot.runs().get(waiting.id()).attempt();

        scene.worker().kill();
        boolean back = Patience.holds(() -> pilot.runs().get(waiting.id()).state() == RunState.QUEUED);
        violations.count(
                name + ".stuck", back, RunHistory.of(pilot, waiting.id()).toString());
        scene.startWorkerAgain();

        boolean again = Patience.holds(() -> pilot.runs().get(waiting.id()).attempt() > attempt);
        violations.count(
                name + ".stuck", again, RunHistory.of(pilot, waiting.id()).toString());
        violations.count(name + ".orphans", Patience.holds(() -> !LiveProcess.isAlive(pid)), "process " + pid);
        waiting.end();
        boolean done = Patience.holds(() -> pilot.runs().get(waiting.id()).state() == RunState.SUCCEEDED);
        Run run = pilot.runs().get(waiting.id());
        violations.count(name + ".undone", done, run.toString());
        RunHistory history = RunHistory.of(pilot, waiting.id());
        history.check(name, violations);
        violations.count(name + ".ended-once", history.count("succeed") == 1, history.toString());
        Attempt first = pilot.runs().attempts(waiting.id()).get(attempt - 1);
        violations.count(name + ".said", "lost".equals(first.outcome()), first.toString());
    }
}
