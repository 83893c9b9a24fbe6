package dev.pilot.e2e.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.e2e.fault.decision.DecisionFaults;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionFaultsTest {
    @Test
    void whatIsDecidedWhileAHubIsKilledTakesEffectExactlyOnce() throws Exception {
        once(Engine.SQLITE);
    }

    @Test
    void whatIsDecidedWhileAHubOnPostgresIsKilledTakesEffectExactlyOnce() throws Exception {
        once(Engine.POSTGRES);
    }

    private static void once(Engine engine) throws Exception {
        Violations violations = new Violations();

        new DecisionFaults(List.of(engine)).run(2, violations);

        String name = "decision." + engine.label();
        assertEquals(List.of(), violations.examples());
        assertTrue(violations.looks(name + ".effect") > 80, "too little was decided to prove anything");
        assertEquals(2, violations.looks(name + ".open"));
    }
}
