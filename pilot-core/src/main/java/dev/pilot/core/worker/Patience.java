package dev.pilot.core.worker;

import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.RunId;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a hub that may be away for a moment, which is no reason to throw work away. */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long RETRY_MILLIS = 500;

    private Patience() {}

    /** What the hub is asked. */
    interface Call<T> {
        T make() throws InterruptedException;
    }

    /** Asks until the hub can be reached, or the thread is interrupted, as it is when the run is lost. */
    static <T> T with(RunId run, Call<T> call) throws InterruptedException {
        while (true) {
            try {
                return call.make();
            } catch (PilotException failure) {
                if (failure.kind() != ErrorKind.UNAVAILABLE) {
                    throw failure;
                }
                LOG.warn("Run {} waits for the hub: {}", run, failure.getMessage());
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            }
        }
    }
}
