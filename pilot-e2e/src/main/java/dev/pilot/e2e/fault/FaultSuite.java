package dev.pilot.e2e.fault;

/** Provokes faults of one kind and counts what was promised and not kept. */
public interface FaultSuite {
    /**
     * How many rounds prove something.
     *
     * @return the rounds of {@code ./pilot faults}, unless it is told otherwise
     */
    int rounds();

    /**
     * Runs it.
     *
     * @param rounds how often
     * @param violations counts
     * @throws Exception if it could not run
     */
    void run(int rounds, Violations violations) throws Exception;
}
