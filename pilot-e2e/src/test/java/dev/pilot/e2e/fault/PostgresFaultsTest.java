package dev.pilot.e2e.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.e2e.fault.postgres.PostgresFaults;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresFaultsTest {
    @Test
    void aHubOutlivesItsDatabaseAndLosesNothingThatItAcknowledged() throws Exception {
        Violations violations = new Violations();

        new PostgresFaults().run(4, violations);

        assertEquals(List.of(), violations.examples());
        assertTrue(violations.looks("postgres.lost") > 200, "too little was written to prove anything");
        assertEquals(4, violations.looks("postgres.recovered"));
    }
}
