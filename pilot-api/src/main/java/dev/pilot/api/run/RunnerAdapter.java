package dev.pilot.api.run;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Port: carries out runs of one kind. Threads may share it.
 *
 * <ol>
 *   <li>{@link #start} returns soon; the work goes on by itself.
 *   <li>What the work prints is redacted before the sink sees it.
 *   <li>The result always completes, normally: that a command doesn't exist, fails or is cancelled is a result.
 *   <li>When the result is complete, nothing that the work started is still running, and the sink is called no more.
 *   <li>Closing the adapter cancels all that still runs and waits for its end.
 * </ol>
 */
public interface RunnerAdapter extends AutoCloseable {
    /**
     * Which kind of runs it carries out.
     *
     * @return the kind
     */
    RunnerKind kind();

    /**
     * Begins.
     *
     * @param task what to do
     * @param sink takes what comes of it on the way
     * @return the work
     */
    Work start(RunnerTask task, RunnerSink sink);

    /** Cancels all that still runs and waits for its end. */
    @Override
    void close();

    /** A run that is being carried out. */
    interface Work {
        /**
         * How it ends.
         *
         * @return completes normally, always
         */
        CompletionStage<RunnerResult> result();

        /**
         * Ends it: politely, then firmly. Doing it again does nothing.
         *
         * @param grace how long to be polite
         */
        void cancel(Duration grace);
    }
}
