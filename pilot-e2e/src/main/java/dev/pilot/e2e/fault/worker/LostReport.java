package dev.pilot.e2e.fault.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.pilot.api.Pilot;
import dev.pilot.api.run.RunState;
import dev.pilot.e2e.fault.Patience;
import dev.pilot.e2e.fault.RunHistory;
import dev.pilot.e2e.fault.Violations;
import dev.pilot.e2e.fault.process.Tap;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * The worker reports that a run has ended, and the hub dies: before it has the report, or when it has taken it and the answer is under
 * way. The report comes again, and the run ends exactly once.
 */
final class LostReport {
    private static final String REPORT = "POST /api/runs/report";

    private final WorkerScene scene;
    private final String name;
    private final boolean before;

    LostReport(WorkerScene scene, String name, int round) {
        this.scene = scene;
        this.name = name;
        this.before = round % 2 == 0;
    }

    void run(Violations violations) throws IOException, InterruptedException {
        CountDownLatch lost = new CountDownLatch(1);
        scene.reconnect(() -> new ReportTap(lost));
        WorkerScene.Waiting waiting = scene.createWaiting(scene.pilot());
        WorkerScene.awaitStarted(scene.pilot(), waiting.id());
        int attempt = scene.pilot().runs().get(waiting.id()).attempt();

        waiting.end();
        lost.await();
        scene.killHub();
        scene.reconnect(() -> Tap.OPEN);
        scene.startHubAgain();

        Pilot pilot = scene.pilot();
        boolean done = Patience.holds(() -> pilot.runs().get(waiting.id()).state() == RunState.SUCCEEDED);
        RunHistory history = RunHistory.of(pilot, waiting.id());
        violations.count(name + ".undone", done, history.toString());
        history.check(name, violations);
        violations.count(name + ".ended-once", history.count("succeed") == 1, history.toString());
        violations.count(
                name + ".counts",
                pilot.runs().get(waiting.id()).attempt() == attempt,
                "what was done is done again: " + history);
    }

    /** Holds back the report, or the answer to it, for good. */
    private final class ReportTap implements Tap {
        private final CountDownLatch lost;
        private volatile boolean reported;

        ReportTap(CountDownLatch lost) {
            this.lost = lost;
        }

        @Override
        public int pass(Way way, byte[] bytes, int count) {
            if (way == Way.TO_SERVER && new String(bytes, 0, count, ISO_8859_1).startsWith(REPORT)) {
                reported = true;
                if (before) {
                    lost.countDown();
                    return 0;
                }
            }
            if (way == Way.TO_CLIENT && reported) {
                lost.countDown();
                return 0;
            }
            return count;
        }
    }
}
