package dev.pilot.e2e.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.e2e.fault.graph.GraphFaults;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphFaultsTest {
    @Test
    void randomGraphsEndAsTheModelSaysHoweverOftenTheHubIsKilled() throws Exception {
        Violations violations = new Violations();

        new GraphFaults().run(1, violations);

        assertEquals(List.of(), violations.examples());
        for (Engine engine : Engine.values()) {
            String name = "graph." + engine.label();
            assertTrue(violations.looks(name + ".ends-as-the-model-says") >= 15, "too few tasks to prove anything");
            assertTrue(violations.looks(name + ".after-its-dependencies") >= 10, "too few runs to prove anything");
            assertTrue(violations.looks(name + ".most-at-once") >= 20, "too little happened to prove anything");
        }
    }
}
