package dev.pilot.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.HeartbeatRequest;
import dev.pilot.api.run.RunnerAdapter;
import dev.pilot.client.PilotClient;
import dev.pilot.client.run.FileOutbox;
import dev.pilot.core.config.Surroundings;
import dev.pilot.core.redaction.RuleRedactor;
import dev.pilot.core.system.DataDirectory;
import dev.pilot.core.system.Ids;
import dev.pilot.core.system.Machine;
import dev.pilot.core.worker.Worker;
import dev.pilot.core.worker.WorkerConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker in a program of its own: a client, the adapters on the class path, and a directory that only it uses. */
final class StandaloneWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StandaloneWorker.class);

    private final WorkerId id;
    private final PilotClient client;
    private final Worker worker;
    private final List<RunnerAdapter> runners;
    private final FileChannel lock;

    /**
     * How it is set up.
     *
     * @param hub where the hub serves
     * @param token what it shows there
     * @param directory where it works
     * @param id who it is; null for whoever it was before in that directory
     * @param slots how many runs at once
     * @param labels which labels of runs it fits
     * @param lease how long it holds a run without being heard of
     * @param minFreeDisk with less room, in bytes, it takes no runs
     * @param around what runs may be given, and what is redacted from what they print
     */
    record Setup(
            URI hub,
            String token,
            Path directory,
            @Nullable String id,
            int slots,
            Set<String> labels,
            Duration lease,
            long minFreeDisk,
            Surroundings around) {}

    private StandaloneWorker(
            WorkerId id, PilotClient client, Worker worker, List<RunnerAdapter> runners, FileChannel lock) {
        this.id = id;
        this.client = client;
        this.worker = worker;
        this.runners = runners;
        this.lock = lock;
    }

    /**
     * Starts it, or nothing.
     *
     * @throws NotAllowed with code {@code worker-directory-taken} if another worker works in its directory
     */
    static StandaloneWorker start(Setup setup) {
        DataDirectory data = new DataDirectory(setup.directory());
        FileChannel lock = lock(data.root());
        try {
            DataDirectory.remove(data.workspaces()); // what a killed worker left; nobody else works here
            WorkerId id = id(data.root(), setup.id());
            WorkerConfig config = WorkerConfig.elsewhere(id, data.root())
                    .host(Machine.name())
                    .slots(setup.slots())
                    .labels(setup.labels())
                    .lease(setup.lease())
                    .minFreeDisk(setup.minFreeDisk());
            PilotClient client = PilotClient.connect(setup.hub(), setup.token());
            greet(client, config);
            Worker.Tools tools = Worker.Tools.onClassPath(
                    redactor(setup),
                    setup.around().variables(),
                    data.root(),
                    new FileOutbox(data.root().resolve("outbox")));
            return new StandaloneWorker(id, client, Worker.start(client, config, tools), tools.runners(), lock);
        } catch (IOException e) {
            unlock(lock);
            throw new Unavailable("worker-io", "The directory " + data.root() + " can't be used: " + e.getMessage(), e);
        } catch (RuntimeException failure) {
            unlock(lock);
            throw failure;
        }
    }

    private static SecretRedactor redactor(Setup setup) {
        SecretRedactor redactor = RuleRedactor.withDefaults(setup.around().secrets());
        redactor.learn(setup.token());
        return redactor;
    }

    /** A token that is not the hub's won't become so by trying again; a hub that is away comes back. */
    private static void greet(PilotClient client, WorkerConfig config) {
        try {
            client.work().heartbeat(new HeartbeatRequest(config.id(), List.of(), config.lease()));
        } catch (Unavailable away) {
            LOG.warn("Waiting for the hub: {}", away.getMessage());
        } catch (RuntimeException refused) {
            client.close();
            throw refused;
        }
    }

    private static FileChannel lock(Path directory) {
        try {
            FileChannel channel = FileChannel.open(
                    directory.resolve("worker.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                channel.close();
                throw new NotAllowed(
                        "worker-directory-taken",
                        "Another worker works in " + directory + ": give this one its own (--dir).");
            }
            return channel;
        } catch (IOException e) {
            throw new Unavailable("worker-io", "The directory " + directory + " can't be used: " + e.getMessage(), e);
        }
    }

    /** Takes it if it is free; it is given up with the channel. */
    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException inThisProcess) {
            return true;
        }
    }

    private static void unlock(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debug("the lock goes with the process", e);
        }
    }

    /** The same after each start, so that the hub knows it again. */
    private static WorkerId id(Path directory, @Nullable String given) throws IOException {
        if (given != null) {
            return new WorkerId(given);
        }
        Path file = directory.resolve("worker.id");
        if (!Files.exists(file)) {
            Files.writeString(file, new Ids(Clock.systemUTC()).next("wrk") + "\n", UTF_8);
        }
        return new WorkerId(Files.readString(file, UTF_8).strip());
    }

    WorkerId id() {
        return id;
    }

    /** Takes nothing more, lets what runs end for so long, and closes. */
    void drain(Duration atMost) throws InterruptedException {
        LOG.info("Ending: {} runs may go on for {} s.", worker.running(), atMost.toSeconds());
        boolean allEnded = worker.drain(atMost);
        close();
        LOG.info(allEnded ? "Ended." : "Ended; what was not done went back to the queue.");
    }

    @Override
    public void close() {
        worker.close();
        runners.forEach(RunnerAdapter::close);
        client.close();
        unlock(lock);
    }
}
