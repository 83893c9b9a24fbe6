package dev.pilot.bench;

import dev.pilot.bench.run.EventsBench;
import java.util.Map;

/** {@code ./pilot bench <suite> [--rounds N]}: prints a table, then one line per figure. Exits with 0 when it ran; the lines say how it went. */
public final class Main {
    private static final Map<String, Suite> SUITES = Map.of("events", EventsBench::new);

    private Main() {}

    /** A suite of benchmarks. */
    private interface Suite {
        Bench with(int rounds);
    }

    /**
     * Runs a suite.
     *
     * @param arguments the suite's name and options
     * @throws Exception if it could not run
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = 5;
        String name = "";
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--rounds")
                    && i + 1 < arguments.length
                    && arguments[i + 1].matches("[1-9][0-9]?")) {
                rounds = Integer.parseInt(arguments[++i]);
            } else {
                name = arguments[i];
            }
        }
        Suite suite = SUITES.get(name);
        if (suite == null) {
            System.err.println(
                    "usage: ./pilot bench <suite> [--rounds 1..99]\nsuites: " + String.join(", ", SUITES.keySet()));
            throw new IllegalArgumentException("no such suite: " + name);
        }
        Report report = new Report();
        suite.with(rounds).run(report);
        report.print(System.out);
    }
}
