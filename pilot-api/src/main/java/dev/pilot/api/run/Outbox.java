package dev.pilot.api.run;

import java.util.List;

/**
 * Where a worker keeps its reports until the hub has taken them, so that work that is done isn't lost with the worker or the hub. Threads
 * may share it.
 */
public interface Outbox {
    /** One that keeps nothing beyond this process. */
    Outbox NONE = new Outbox() {
        @Override
        public void keep(FinishRun report) {
            // what is not reported when the process ends is lost, and the lease expires
        }

        @Override
        public void forget(FinishRun report) {
            // nothing was kept
        }

        @Override
        public List<FinishRun> kept() {
            return List.of();
        }
    };

    /**
     * Keeps a report; durable when it returns.
     *
     * @param report the report
     * @throws dev.pilot.api.error.Unavailable if it can't be written
     */
    void keep(FinishRun report);

    /**
     * Lets go of a report, which the hub has taken or refused for good.
     *
     * @param report the report
     */
    void forget(FinishRun report);

    /**
     * What was kept and not let go of, oldest first.
     *
     * @return the reports
     */
    List<FinishRun> kept();
}
