package dev.pilot.e2e.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.e2e.fault.fuzz.FuzzFaults;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzFaultsTest {
    @Test
    void whateverIsSentIsAnsweredPlainlyOrNotAtAll() throws Exception {
        Violations violations = new Violations();

        new FuzzFaults().run(Integer.getInteger("pilot.rounds", 2), violations);

        assertEquals(List.of(), violations.examples());
        assertTrue(violations.looks("fuzz.no-5xx") > 400);
        assertTrue(violations.looks("fuzz.problem") > 200);
        assertTrue(violations.looks("fuzz.healthy") > 1);
    }
}
