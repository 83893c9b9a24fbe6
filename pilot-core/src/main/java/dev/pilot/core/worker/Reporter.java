package dev.pilot.core.worker;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.Outbox;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings reports to the hub, however long it is away: each is kept in the outbox until the hub has taken it or refused it for good. A lease
 * that has expired meanwhile is no reason to give up, since a late report counts as long as nobody has claimed the run again.
 */
final class Reporter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final Pilot pilot;
    private final Outbox outbox;
    private boolean closed;

    Reporter(Pilot pilot, Outbox outbox) {
        this.pilot = pilot;
        this.outbox = outbox;
    }

    /**
     * Keeps a report and brings it to the hub.
     *
     * @throws PilotException if the hub has refused it
     * @throws InterruptedException if this was closed before the hub could be reached; the report stays in the outbox
     */
    void report(FinishRun report) throws InterruptedException {
        try {
            outbox.keep(report);
        } catch (Unavailable full) {
            LOG.warn("The report of run {} is not safe until the hub has it: {}", id(report), full.getMessage());
        }
        bring(report);
    }

    /** Brings what an earlier process has left. */
    void bringKept() {
        outbox.kept().forEach(this::bringLate);
    }

    private void bringLate(FinishRun report) {
        try {
            bring(report);
            LOG.info("Run {} is reported now.", id(report));
        } catch (InterruptedException atClose) {
            LOG.info("Run {} is still to be reported.", id(report));
        } catch (PilotException refused) {
            LOG.warn("The report of run {} came too late: {}", id(report), refused.getMessage());
        } catch (RuntimeException failure) {
            LOG.error("The report of run {} stays in the outbox.", id(report), failure);
        }
    }

    private void bring(FinishRun report) throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                pilot.work().finish(List.of(report)).get(0).get();
                outbox.forget(report);
                return;
            } catch (PilotException failure) {
                if (failure.kind() != ErrorKind.UNAVAILABLE && failure.kind() != ErrorKind.OUTCOME_UNKNOWN) {
                    outbox.forget(report);
                    throw failure;
                }
                LOG.warn("Run {} can't be reported yet: {}", id(report), failure.getMessage());
                rest(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    private synchronized void rest(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0 && !closed; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            wait(left);
        }
        if (closed) {
            throw new InterruptedException("closed");
        }
    }

    private static RunId id(FinishRun report) {
        return report.lease().runId();
    }

    /** No report is tried again from now on; what the hub has not taken stays in the outbox. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
