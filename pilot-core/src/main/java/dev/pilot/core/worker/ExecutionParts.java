package dev.pilot.core.worker;

import dev.pilot.api.Pilot;
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

    /** Gives a run back; if that fails, its lease will end it. */
    void release(Lease lease) {
        try {
            pilot.work().release(List.of(lease)).get(0).get();
        } catch (PilotException late) {
            LOG.info("Run {} was not given back: {}", lease.runId(), late.getMessage());
        }
    }
}
