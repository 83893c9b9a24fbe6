package dev.pilot.bench;

import dev.pilot.bench.follow.FollowBench;
import dev.pilot.bench.http.HttpBench;
import dev.pilot.bench.queue.QueueBench;
import dev.pilot.bench.queue.WakeupBench;
import dev.pilot.bench.run.EventsBench;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code ./pilot bench <suite> [--rounds N] [--units N]}: prints a table, then one line per figure. Exits with 0 when it ran; the lines say
 * how it went.
 */
public final class Main {
    private static final Map<String, Suite> SUITES = new TreeMap<>(Map.of(
            "events", EventsBench::new,
            "follow", FollowBench::new,
            "http", HttpBench::new,
            "queue", QueueBench::new,
            "wakeup", WakeupBench::new));

    private Main() {}

    /** A suite of benchmarks. */
    private interface Suite {
        Bench of(Scale scale);
    }

    /**
     * Runs a suite.
     *
     * @param arguments the suite's name and options
     * @throws Exception if it could not run
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = 5;
        int units = Scale.UNITS;
        String name = "";
        for (int i = 0; i < arguments.length; i++) {
            boolean followed = i + 1 < arguments.length && arguments[i + 1].matches("[1-9][0-9]{0,6}");
            if (arguments[i].equals("--rounds") && followed) {
                rounds = Integer.parseInt(arguments[++i]);
            } else if (arguments[i].equals("--units") && followed) {
                units = Integer.parseInt(arguments[++i]);
            } else {
                name = arguments[i];
            }
        }
        Suite suite = SUITES.get(name);
        if (suite == null) {
            System.err.println("usage: ./pilot bench <suite> [--rounds N] [--units N]\nsuites: "
                    + String.join(", ", SUITES.keySet()) + "\n--units is how many units of work a queue gets, "
                    + Scale.UNITS + " unless given; fewer make a quick look, for which no promise holds");
            throw new IllegalArgumentException("no such suite: " + name);
        }
        Report report = new Report();
        suite.of(new Scale(rounds, units)).run(report);
        report.print(System.out);
    }
}
