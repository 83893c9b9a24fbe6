package dev.pilot.e2e.fault;

/** Provokes faults of one kind and counts what was promised and not kept. */
@FunctionalInterface
public interface FaultSuite {
    /**
     * Runs it.
     *
     * @param rounds how often
     * @param violations counts
     * @throws Exception if it could not run
     */
    void run(int rounds, Violations violations) throws Exception;
}
