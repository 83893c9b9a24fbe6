package dev.pilot.e2e.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.e2e.fault.quota.QuotaFaults;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotaFaultsTest {
    @Test
    void eightWhoClaimAtOnceExceedNoQuotaAndLeaveNothingUndone() throws Exception {
        Violations violations = new Violations();

        new QuotaFaults().run(1, violations);

        assertEquals(List.of(), violations.examples());
        for (Engine engine : Engine.values()) {
            String name = "quota." + engine.label();
            assertEquals(100, violations.looks(name + ".done-once"));
            assertTrue(violations.looks(name + ".exceeded") > 100, "too little was active to prove anything");
        }
    }
}
