package dev.pilot.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects figures and prints them: what was measured, then the ratios with their promises. */
public final class Report {
    private final Map<String, List<Double>> rates = new LinkedHashMap<>();
    private final Map<String, String> units = new LinkedHashMap<>();
    private final List<String> ratios = new ArrayList<>();

    /**
     * Notes one measurement.
     *
     * @param what what was measured
     * @param unit its unit
     * @param value the figure
     */
    public void rate(String what, String unit, double value) {
        rates.computeIfAbsent(what, none -> new ArrayList<>()).add(value);
        units.put(what, unit);
    }

    /**
     * Notes a ratio of two measurements, pair by pair in the order of the rounds.
     *
     * @param name the figure's name
     * @param over what is above the line
     * @param under what is below it
     * @param promise what is promised, such as {@code >= 0.6}
     */
    public void ratio(String name, String over, String under, String promise) {
        List<Double> above = measured(over);
        List<Double> below = measured(under);
        List<Double> pairs = new ArrayList<>();
        for (int i = 0; i < Math.min(above.size(), below.size()); i++) {
            pairs.add(above.get(i) / below.get(i));
        }
        pairs.sort(Double::compare);
        ratios.add(String.format(
                Locale.ROOT,
                "ratio %s %.2f (min %.2f, max %.2f, n=%d, promise %s)",
                name,
                median(pairs),
                pairs.get(0),
                pairs.get(pairs.size() - 1),
                pairs.size(),
                promise));
    }

    /**
     * Prints it all.
     *
     * @param out where to
     */
    public void print(PrintStream out) {
        out.printf(Locale.ROOT, "%-44s %14s %14s %14s  %s%n", "measured", "median", "min", "max", "unit");
        rates.forEach((what, values) -> {
            List<Double> sorted = values.stream().sorted().toList();
            out.printf(
                    Locale.ROOT,
                    "%-44s %,14.1f %,14.1f %,14.1f  %s%n",
                    what,
                    median(sorted),
                    sorted.get(0),
                    sorted.get(sorted.size() - 1),
                    units.get(what));
        });
        out.println();
        ratios.forEach(out::println);
    }

    private List<Double> measured(String what) {
        List<Double> values = rates.get(what);
        if (values == null) {
            throw new IllegalArgumentException("nothing was measured as '" + what + "'");
        }
        return values;
    }

    private static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
