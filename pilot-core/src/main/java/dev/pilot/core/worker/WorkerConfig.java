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
 * @param dataDirectory where workspaces and copies of repositories lie
 * @param ownCopies whether the copies are the worker's own, which the hub brings up to date over the wire, or the hub's: then the
 *     data directory is the hub's, too
 * @param minFreeDisk with less room than so many bytes where workspaces lie, nothing is claimed
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
        boolean ownCopies,
        long minFreeDisk,
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
        check.range("minFreeDisk", minFreeDisk, 0, Long.MAX_VALUE);
        if (lease.compareTo(Duration.ofMillis(300)) < 0) {
            check.problem("lease", "must be 300 ms at least");
        }
        check.done();
    }

    /**
     * A worker with the defaults: the hub's copies, 512 MiB of free disk, two slots, leases of 30 s, claims that wait 20 s, 10 s of grace.
     *
     * @param id who it is
     * @param dataDirectory the hub's data directory, where workspaces and its copies of repositories lie
     * @return the configuration
     */
    public static WorkerConfig of(WorkerId id, Path dataDirectory) {
        return new WorkerConfig(
                id,
                "",
                dataDirectory,
                false,
                512L << 20,
                2,
                Set.of(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10));
    }

    /**
     * A worker that has nothing in common with the hub but the network, with the defaults otherwise.
     *
     * @param id who it is
     * @param directory where its workspaces and its own copies of repositories lie; no other worker's
     * @return the configuration
     */
    public static WorkerConfig elsewhere(WorkerId id, Path directory) {
        WorkerConfig shared = of(id, directory);
        return new WorkerConfig(
                id,
                shared.host,
                directory,
                true,
                shared.minFreeDisk,
                shared.slots,
                shared.labels,
                shared.lease,
                shared.claimWait,
                shared.cancelGrace);
    }

    /**
     * The same with another host.
     *
     * @param machine the machine it is on, for people
     * @return the configuration
     */
    public WorkerConfig host(String machine) {
        return new WorkerConfig(
                id, machine, dataDirectory, ownCopies, minFreeDisk, slots, labels, lease, claimWait, cancelGrace);
    }

    /**
     * The same with another limit of free disk.
     *
     * @param bytes with less room than this, nothing is claimed
     * @return the configuration
     */
    public WorkerConfig minFreeDisk(long bytes) {
        return new WorkerConfig(
                id, host, dataDirectory, ownCopies, bytes, slots, labels, lease, claimWait, cancelGrace);
    }

    /**
     * The same with another number of slots.
     *
     * @param count how many runs at once
     * @return the configuration
     */
    public WorkerConfig slots(int count) {
        return new WorkerConfig(
                id, host, dataDirectory, ownCopies, minFreeDisk, count, labels, lease, claimWait, cancelGrace);
    }

    /**
     * The same with another set of labels.
     *
     * @param fitting which labels of runs it fits
     * @return the configuration
     */
    public WorkerConfig labels(Set<String> fitting) {
        return new WorkerConfig(
                id, host, dataDirectory, ownCopies, minFreeDisk, slots, fitting, lease, claimWait, cancelGrace);
    }

    /**
     * The same with another lease.
     *
     * @param length how long it holds a run without being heard of
     * @return the configuration
     */
    public WorkerConfig lease(Duration length) {
        return new WorkerConfig(
                id, host, dataDirectory, ownCopies, minFreeDisk, slots, labels, length, claimWait, cancelGrace);
    }
}
