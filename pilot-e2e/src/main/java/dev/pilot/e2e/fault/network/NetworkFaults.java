package dev.pilot.e2e.fault.network;

import dev.pilot.e2e.fault.Engine;
import dev.pilot.e2e.fault.FaultSuite;
import dev.pilot.e2e.fault.Scratch;
import dev.pilot.e2e.fault.Violations;
import java.util.Random;

/**
 * Cuts connections: of followers, at the end of every event and within the next one; of a worker and of a client that writes, anywhere and again
 * and again.
 */
public final class NetworkFaults implements FaultSuite {
    private static final long SEED = 20_261_121;

    /** Makes it. */
    public NetworkFaults() {}

    @Override
    public int rounds() {
        return 20;
    }

    @Override
    public void run(int rounds, Violations violations) throws Exception {
        Random random = new Random(SEED);
        for (Engine engine : Engine.values()) {
            String name = "network." + engine.label();
            for (int round = 1; round <= rounds; round++) {
                try (Scratch scratch = Scratch.make("pilot-network");
                        ServedHub served =
                                new ServedHub(engine, scratch.directory().resolve("data"))) {
                    new CutWorker(name, served, scratch.directory(), random.nextLong()).run(violations);
                    new CutFollowers(name, served, random.nextLong()).run(violations);
                }
                System.err.printf("%s: round %d of %d%n", name, round, rounds);
            }
        }
    }
}
