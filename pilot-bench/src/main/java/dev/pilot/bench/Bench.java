package dev.pilot.bench;

/** A suite of benchmarks that is ready to run. */
@FunctionalInterface
public interface Bench {
    /**
     * Runs it.
     *
     * @param report takes the figures
     * @throws Exception if it could not run
     */
    void run(Report report) throws Exception;
}
