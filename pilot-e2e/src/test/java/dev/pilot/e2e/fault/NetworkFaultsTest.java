package dev.pilot.e2e.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.e2e.fault.network.NetworkFaults;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkFaultsTest {
    @Test
    void connectionsThatBreakAllTheTimeLoseAndDoubleNothing() throws Exception {
        Violations violations = new Violations();

        new NetworkFaults().run(1, violations);

        assertEquals(List.of(), violations.examples());
        for (Engine engine : Engine.values()) {
            String name = "network." + engine.label();
            assertTrue(violations.looks(name + ".output") > 0);
            assertTrue(violations.looks(name + ".follow-boundary.each-once-in-order") > 20);
            assertTrue(violations.looks(name + ".follow-middle.each-once-in-order") > 20);
        }
    }
}
