package dev.pilot.core.worker;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.WorkerId;
import dev.pilot.core.system.InputCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * How a worker is set up.
 *
 * @param id who it is; workers that run at the same time have different ids
 * @param host the machine it is on, for people
 * @param dataDirectory where workspaces lie, and the hub's copies of repositories
 * @param slots how many runs at once
 * @param labels which labels of runs it fits
 * @param lease how long it holds a run without being heard of; it is heard of three times in that time
 * @param claimWait how long one claim waits for work
 * @param cancelGrace how long a cancelled command may take to end by itself
 */
public record WorkerConfig(
        WorkerId id,
        String host,
        Path dataDirectory,
        int slots,
        Set<String> labels,
        Duration lease,
        Duration claimWait,
        Duration cancelGrace) {
    /**
     * Checks it all.
     *
     * @throws InvalidInput if something is out of range; it names it all
     */
    public WorkerConfig {
        InvalidInput.required(id, "id");
        InvalidInput.required(dataDirectory, "dataDirectory");
        labels = Set.copyOf(labels);
        InputCheck check = new InputCheck();
        check.range("slots", slots, 1, 1_000);
        if (lease.compareTo(Duration.ofMillis(300)) < 0) {
            check.problem("lease", "must be 300 ms at least");
        }
        check.done();
    }

    /**
     * A worker with the defaults: two slots, leases of 30 s, claims that wait 20 s, 10 s of grace.
     *
     * @param id who it is
     * @param dataDirectory where workspaces lie, and the hub's copies of repositories
     * @return the configuration
     */
    public static WorkerConfig of(WorkerId id, Path dataDirectory) {
        return new WorkerConfig(
                id,
                "",
                dataDirectory,
                2,
                Set.of(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10));
    }

    /**
     * The same with another number of slots.
     *
     * @param count how many runs at once
     * @return the configuration
     */
    public WorkerConfig slots(int count) {
        return new WorkerConfig(id, host, dataDirectory, count, labels, lease, claimWait, cancelGrace);
    }

    /**
     * The same with another lease.
     *
     * @param length how long it holds a run without being heard of
     * @return the configuration
     */
    public WorkerConfig lease(Duration length) {
        return new WorkerConfig(id, host, dataDirectory, slots, labels, length, claimWait, cancelGrace);
    }
}
