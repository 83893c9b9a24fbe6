package dev.pilot.e2e.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.e2e.fault.crash.CrashFaults;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrashFaultsTest {
    @Test
    void aHubThatIsKilledUnderLoadLosesNothingThatItAcknowledged() throws Exception {
        lostNothing(Engine.SQLITE);
    }

    @Test
    void aHubOnPostgresThatIsKilledUnderLoadLosesNothingThatItAcknowledged() throws Exception {
        lostNothing(Engine.POSTGRES);
    }

    private static void lostNothing(Engine engine) throws Exception {
        Violations violations = new Violations();

        new CrashFaults(List.of(engine)).run(2, violations);

        String name = "crash." + engine.label();
        assertEquals(List.of(), violations.examples());
        assertTrue(violations.looks(name + ".lost") > 100, "too little was written to prove anything");
        assertEquals(2, violations.looks(name + ".stuck"));
    }
}
