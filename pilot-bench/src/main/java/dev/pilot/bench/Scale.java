package dev.pilot.bench;

/**
 * How much a suite measures.
 *
 * @param rounds how many rounds; in each, every variant is measured once
 * @param units how many units of work a queue gets; other sizes follow it
 */
public record Scale(int rounds, int units) {
    /** What the promises are about. */
    public static final int UNITS = 20_000;

    /** What is measured in a round. */
    @FunctionalInterface
    public interface Round {
        /**
         * Measures every variant once.
         *
         * @param into takes the figures
         * @throws Exception if it could not run
         */
        void measure(Report into) throws Exception;
    }

    /**
     * Measures round by round; the first one warms up and does not count.
     *
     * @param report takes the figures
     * @param round what is measured
     * @throws Exception if it could not run
     */
    public void run(Report report, Round round) throws Exception {
        for (int i = 0; i <= rounds; i++) {
            System.err.println(i == 0 ? "warming up" : "round " + i + " of " + rounds);
            round.measure(i == 0 ? new Report() : report);
        }
    }
}
