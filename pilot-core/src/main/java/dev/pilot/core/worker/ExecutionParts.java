package dev.pilot.core.worker;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.repo.VcsSync;
import dev.pilot.api.run.CommandRunner;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import dev.pilot.core.system.DataDirectory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker's executions share.
 *
 * @param pilot where the runs come from
 * @param config how the worker is set up
 * @param data where workspaces and copies lie
 * @param commands runs gates
 * @param vcs opens workspaces; may be absent
 * @param reporter brings reports to the hub
 */
record ExecutionParts(
        Pilot pilot,
        WorkerConfig config,
        DataDirectory data,
        CommandRunner commands,
        @Nullable VcsSync vcs,
        Reporter reporter) {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long RETRY_MILLIS = 500;

    /** What a hub is asked that may be away for a while. */
    interface Call<T> {
        T make() throws InterruptedException;
    }

    /** Asks until the hub can be reached: that it is away for a moment is no reason to throw work away. */
    <T> T patiently(Run run, Call<T> call) throws InterruptedException {
        while (true) {
            try {
                return call.make();
            } catch (PilotException failure) {
                if (failure.kind() != ErrorKind.UNAVAILABLE) {
                    throw failure;
                }
                LOG.warn("Run {} waits for the hub: {}", run.id(), failure.getMessage());
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            }
        }
    }

    /** Gives a run back; if that fails, its lease will end it. */
    void release(Lease lease) {
        try {
            pilot.work().release(List.of(lease)).get(0).get();
        } catch (PilotException late) {
            LOG.info("Run {} was not given back: {}", lease.runId(), late.getMessage());
        }
    }
}
