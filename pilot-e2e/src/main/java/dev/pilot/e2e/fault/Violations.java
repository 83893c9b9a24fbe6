package dev.pilot.e2e.fault;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts how often a promise was looked at, and how often it was broken. Not for use by several threads. */
public final class Violations {
    private static final int MOST_EXAMPLES = 10;

    private final Map<String, int[]> counts = new LinkedHashMap<>();
    private final List<String> examples = new ArrayList<>();

    /** Starts with nothing counted. */
    public Violations() {}

    /**
     * Counts one look at a promise.
     *
     * @param promise its name
     * @param kept whether it was kept
     * @param what what was looked at, kept as an example if it was not
     */
    public void count(String promise, boolean kept, String what) {
        int[] count = counts.computeIfAbsent(promise, none -> new int[2]);
        count[1]++;
        if (!kept) {
            count[0]++;
            if (examples.size() < MOST_EXAMPLES) {
                examples.add(promise + ": " + what);
            }
        }
    }

    /**
     * What was broken.
     *
     * @return some examples; empty if every promise was kept
     */
    public List<String> examples() {
        return List.copyOf(examples);
    }

    /**
     * How often a promise was looked at.
     *
     * @param promise its name
     * @return the count
     */
    public int looks(String promise) {
        return counts.getOrDefault(promise, new int[2])[1];
    }

    /**
     * Prints one line per promise.
     *
     * @param out where to
     */
    public void print(PrintStream out) {
        examples.forEach(out::println);
        counts.forEach((promise, count) -> out.println("violations " + promise + " " + count[0] + " of " + count[1]));
    }
}
