package dev.pilot.e2e.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilot.e2e.fault.worker.WorkerFaults;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerFaultsTest {
    @Test
    void aWorkerThatIsKilledStoppedOrLosesItsAnswersHarmsNoRun() throws Exception {
        harmsNothing(Engine.SQLITE);
    }

    @Test
    void aWorkerThatIsKilledStoppedOrLosesItsAnswersHarmsNoRunOnPostgres() throws Exception {
        harmsNothing(Engine.POSTGRES);
    }

    private static void harmsNothing(Engine engine) throws Exception {
        Violations violations = new Violations();

        new WorkerFaults(List.of(engine)).run(1, violations);

        String name = "worker." + engine.label();
        assertEquals(List.of(), violations.examples());
        for (String fault : List.of(".paused", ".report-lost", ".killed", ".skewed")) {
            assertEquals(1, violations.looks(name + fault + ".ended-once"));
        }
        assertEquals(12, violations.looks(name + ".paused.refused"));
    }
}
