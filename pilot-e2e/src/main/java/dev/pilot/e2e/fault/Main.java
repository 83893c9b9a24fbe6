package dev.pilot.e2e.fault;

import dev.pilot.e2e.fault.crash.CrashFaults;
import dev.pilot.e2e.fault.decision.DecisionFaults;
import dev.pilot.e2e.fault.fuzz.FuzzFaults;
import dev.pilot.e2e.fault.graph.GraphFaults;
import dev.pilot.e2e.fault.network.NetworkFaults;
import dev.pilot.e2e.fault.postgres.PostgresFaults;
import dev.pilot.e2e.fault.quota.QuotaFaults;
import dev.pilot.e2e.fault.worker.WorkerFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code ./pilot faults [suite …] [--rounds N]}: provokes faults at length and prints one line per promise, {@code violations <name> <k>
 * of <n>}. Exits with 0 when it ran; the lines say how it went.
 */
public final class Main {
    private static final Map<String, FaultSuite> SUITES = new TreeMap<>(Map.of(
            "crash", new CrashFaults(),
            "decision", new DecisionFaults(),
            "fuzz", new FuzzFaults(),
            "graph", new GraphFaults(),
            "network", new NetworkFaults(),
            "postgres", new PostgresFaults(),
            "quota", new QuotaFaults(),
            "worker", new WorkerFaults()));

    private Main() {}

    /**
     * Runs the suites that are named, or all.
     *
     * @param arguments the suites' names and options
     * @throws Exception if one could not run
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = 0;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--rounds")
                    && i + 1 < arguments.length
                    && arguments[i + 1].matches("[1-9][0-9]{0,3}")) {
                rounds = Integer.parseInt(arguments[++i]);
            } else if (SUITES.containsKey(arguments[i])) {
                names.add(arguments[i]);
            } else {
                throw new IllegalArgumentException("unknown: " + arguments[i]
                        + "\nusage: ./pilot faults [<suite> ...] [--rounds 1..9999]\nsuites: "
                        + String.join(", ", SUITES.keySet()));
            }
        }
        for (Map.Entry<String, FaultSuite> suite : SUITES.entrySet()) {
            if (names.isEmpty() || names.contains(suite.getKey())) {
                Violations violations = new Violations();
                suite.getValue().run(rounds == 0 ? suite.getValue().rounds() : rounds, violations);
                violations.print(System.out);
            }
        }
    }
}
