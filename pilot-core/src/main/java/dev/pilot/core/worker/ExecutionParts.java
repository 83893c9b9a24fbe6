package dev.pilot.core.worker;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.repo.VcsSync;
import dev.pilot.api.run.CommandRunner;
import dev.pilot.api.run.Lease;
import dev.pilot.core.system.DataDirectory;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker's executions share.
 *
 * @param pilot where the runs come from
 * @param config how the worker is set up
 * @param data where workspaces lie
 * @param commands runs gates
 * @param vcs opens workspaces; may be absent
 * @param copies what workspaces are opened from
 * @param reporter brings reports to the hub
 */
record ExecutionParts(
        Pilot pilot,
        WorkerConfig config,
        DataDirectory data,
        CommandRunner commands,
        @Nullable VcsSync vcs,
        Copies copies,
        Reporter reporter) {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int RELEASES = 3;

    /** Gives a run back, trying again where the answer was lost; if that fails, too, its lease will end it. */
    void release(Lease lease) {
        for (int tries = 1; ; tries++) {
            try {
                pilot.work().release(List.of(lease)).get(0).get();
                return;
            } catch (PilotException failure) {
                boolean mayPass =
                        failure.kind() == ErrorKind.UNAVAILABLE || failure.kind() == ErrorKind.OUTCOME_UNKNOWN;
                if (!mayPass || tries == RELEASES) {
                    LOG.warn("Run {} was not given back: {}", lease.runId(), failure.getMessage());
                    return;
                }
            }
        }
    }
}
