package dev.pilot.e2e.fault.worker;

import dev.pilot.e2e.fault.Engine;
import dev.pilot.e2e.fault.FaultSuite;
import dev.pilot.e2e.fault.Scratch;
import dev.pilot.e2e.fault.Violations;
import java.time.Duration;
import java.util.List;

/**
 * A worker in a process of its own is killed in the middle of a run, stands still until it has lost its lease, loses the answers to its
 * reports together with the hub, and has a clock that is an hour off.
 */
public final class WorkerFaults implements FaultSuite {
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<Engine> engines;

    /** Makes it for all engines. */
    public WorkerFaults() {
        this(List.of(Engine.values()));
    }

    /**
     * Makes it.
     *
     * @param engines what keeps the hubs' records, one after the other
     */
    public WorkerFaults(List<Engine> engines) {
        this.engines = List.copyOf(engines);
    }

    @Override
    public int rounds() {
        return 10;
    }

    @Override
    public void run(int rounds, Violations violations) throws Exception {
        for (Engine engine : engines) {
            String name = "worker." + engine.label();
            for (int round = 1; round <= rounds; round++) {
                try (Scratch scratch = Scratch.make("pilot-worker");
                        WorkerScene scene = new WorkerScene(engine, scratch.directory())) {
                    new StandingStill(scene, name + ".paused").run(violations);
                    new LostReport(scene, name + ".report-lost", round).run(violations);
                    new Killed(scene, name + ".killed").run(violations);
                    new SkewedClock(scene, name + ".skewed", round % 2 == 0 ? HOUR : HOUR.negated()).run(violations);
                }
                System.err.printf("%s: round %d of %d%n", name, round, rounds);
            }
        }
    }
}
