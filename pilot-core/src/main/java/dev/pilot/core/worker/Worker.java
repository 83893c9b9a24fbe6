package dev.pilot.core.worker;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.RunId;
import dev.pilot.api.repo.VcsProvider;
import dev.pilot.api.repo.VcsSync;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CommandRunner;
import dev.pilot.api.run.HeartbeatAnswer;
import dev.pilot.api.run.HeartbeatRequest;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.LeaseState;
import dev.pilot.api.run.Outbox;
import dev.pilot.api.run.RunnerAdapter;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.RunnerProvider;
import dev.pilot.core.system.DataDirectory;
import dev.pilot.core.system.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims runs from a {@link Pilot}, whichever it is, and carries them out: workspace, command, gates, diff, report. It is heard of while
 * it works; a run that it no longer holds is ended at once. Closing it ends what it does and gives the runs back.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Pilot pilot;
    private final WorkerConfig config;
    private final Map<RunnerKind, RunnerAdapter> runners;
    private final ExecutionParts parts;
    private final Map<RunId, Execution> executions = new ConcurrentHashMap<>();
    private final DiskRoom disk;
    private final Semaphore free;
    private final ExecutorService threads;
    private final Thread claiming;
    private final Thread beating;
    private final Thread watching;
    /** The hub may grant a shorter lease than the one that is asked for. */
    private volatile Duration granted;

    /** Of the claiming thread: what a process before this one held may have ended it, which is a failure of the runs. */
    private boolean hasAsked;

    private volatile boolean draining;
    /** Drains for good, whatever the hub says. */
    private volatile boolean leaving;

    private volatile boolean closing;

    /**
     * What a worker works with; none of it is closed with the worker.
     *
     * @param runners what it carries runs out with, one per kind
     * @param commands runs gates
     * @param vcs opens workspaces; null if it takes only runs without a repository
     * @param outbox keeps reports until the hub has taken them
     */
    public record Tools(
            List<RunnerAdapter> runners,
            CommandRunner commands,
            @Nullable VcsSync vcs,
            Outbox outbox) {
        /** Copies the list. */
        public Tools {
            runners = List.copyOf(runners);
        }

        /**
         * Takes the adapters that are on the class path.
         *
         * @param redactor redacts what the work prints
         * @param environment this process's own variables, of which the work sees only what is allowed
         * @param directory the worker's own
         * @param outbox keeps reports until the hub has taken them
         * @return the tools; whoever asked closes the runners
         * @throws IllegalStateException if no runner is on the class path
         */
        public static Tools onClassPath(
                SecretRedactor redactor, Map<String, String> environment, Path directory, Outbox outbox) {
            Map<String, String> known = new HashMap<>(environment);
            known.put(
                    "PILOT_STATE_DIR", new DataDirectory(directory).processes().toString());
            List<RunnerProvider> providers = ServiceLoader.load(RunnerProvider.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
            if (providers.isEmpty()) {
                throw new IllegalStateException("There is no runner on the class path: add pilot-runner-process.");
            }
            return new Tools(
                    providers.stream()
                            .map(provider -> provider.runner(redactor, known))
                            .toList(),
                    providers.get(0).commands(redactor, known),
                    ServiceLoader.load(VcsProvider.class)
                            .findFirst()
                            .map(VcsProvider::create)
                            .orElse(null),
                    outbox);
        }
    }

    private Worker(Pilot pilot, WorkerConfig config, Tools tools) {
        this.pilot = pilot;
        this.config = config;
        this.runners = tools.runners().stream().collect(Collectors.toMap(RunnerAdapter::kind, Function.identity()));
        DataDirectory data = new DataDirectory(config.dataDirectory());
        VcsSync vcs = tools.vcs();
        this.parts = new ExecutionParts(
                pilot,
                config,
                data,
                tools.commands(),
                vcs,
                config.ownCopies() && vcs != null ? new OwnCopies(pilot.work(), vcs, data) : new SharedCopies(data),
                new Reporter(pilot, tools.outbox()));
        this.disk = new DiskRoom(data.root(), config.minFreeDisk());
        this.free = new Semaphore(config.slots());
        this.threads = Threads.perTask("pilot-run");
        this.claiming = Threads.daemon("pilot-worker-claim", this::claimLoop);
        this.beating = Threads.daemon("pilot-worker-heartbeat", this::beatLoop);
        this.watching = Threads.daemon("pilot-worker-watch", this::watchLoop);
        this.granted = config.lease();
    }

    /**
     * Starts a worker. What its outbox has kept is reported first.
     *
     * @param pilot where the runs come from; not closed with the worker
     * @param config how it is set up
     * @param tools what it works with
     * @return the worker, at work
     */
    public static Worker start(Pilot pilot, WorkerConfig config, Tools tools) {
        Worker worker = new Worker(pilot, config, tools);
        worker.claiming.start();
        worker.beating.start();
        worker.watching.start();
        return worker;
    }

    /**
     * How many runs it carries out now.
     *
     * @return the number
     */
    public int running() {
        return executions.size();
    }

    private void claimLoop() {
        // before anything is claimed: it could be the very run whose report lies here
        parts.reporter().bringKept();
        while (!closing) {
            try {
                awaitEndOfDrain();
                while (!disk.isEnough()) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
                }
                free.acquire();
                int slots = 1 + free.drainPermits();
                int claimed = 0;
                try {
                    claimed = claim(slots);
                } finally {
                    free.release(slots - claimed);
                }
            } catch (InterruptedException closed) {
                return;
            } catch (CompletionException | PilotException failure) {
                pause(failure);
            } catch (RuntimeException failure) {
                LOG.error("Worker {} could not claim; it tries again.", config.id(), failure);
                pause(failure);
            }
        }
    }

    private synchronized void awaitEndOfDrain() throws InterruptedException {
        while (draining) {
            wait();
        }
    }

    /** Takes nothing more, or something again; what it has goes on. */
    private synchronized void drain(boolean drain) {
        if (drain != draining) {
            draining = drain;
            notifyAll();
            LOG.info("Worker {} {}.", config.id(), drain ? "takes nothing more" : "takes runs again");
        }
    }

    private int claim(int slots) throws InterruptedException {
        ClaimRequest request = ClaimRequest.builder(config.id())
                .host(config.host())
                .labels(config.labels())
                .runners(runners.keySet())
                .lease(config.lease())
                .limit(slots)
                .slots(config.slots())
                .holding(hasAsked ? List.copyOf(executions.keySet()) : null)
                .waitFor(config.claimWait())
                .build();
        hasAsked = true;
        List<Assignment> assignments = await(pilot.work().claim(request));
        if (closing) {
            giveBack(assignments);
            return 0;
        }
        for (Assignment assignment : assignments) {
            execute(assignment);
        }
        return assignments.size();
    }

    /** A claim that nobody waits for any more is taken back; what it got all the same goes back to the queue. */
    private List<Assignment> await(CompletionStage<List<Assignment>> claim) throws InterruptedException {
        try {
            return Threads.await(claim);
        } catch (InterruptedException closed) {
            claim.whenComplete((late, failure) -> {
                if (late != null) {
                    giveBack(late);
                }
            });
            claim.toCompletableFuture().cancel(false);
            throw closed;
        }
    }

    private void giveBack(List<Assignment> assignments) {
        for (Assignment assignment : assignments) {
            parts.release(Objects.requireNonNull(assignment.run().lease()));
        }
    }

    private void execute(Assignment assignment) {
        RunId id = assignment.run().id();
        RunnerAdapter runner = runners.get(assignment.run().profile().runner());
        if (runner == null) {
            throw new IllegalStateException("claimed a run of a kind that this worker has no runner for");
        }
        Execution execution = new Execution(parts, assignment, runner);
        Duration lease =
                Duration.between(assignment.run().updatedAt(), execution.lease().expiresAt());
        if (lease.compareTo(granted) < 0) {
            granted = lease;
        }
        Execution before = executions.put(id, execution);
        if (before != null) {
            before.lose("its lease expired and this worker has claimed it again");
        }
        threads.execute(() -> {
            try {
                execution.run();
            } finally {
                executions.remove(id, execution);
                free.release();
                synchronized (this) {
                    notifyAll(); // whoever waits for the last one
                }
            }
        });
    }

    private void beatLoop() {
        while (!closing || !executions.isEmpty()) {
            try {
                TimeUnit.MILLISECONDS.sleep(granted.toMillis() / 3);
                beat();
            } catch (InterruptedException closed) {
                return;
            } catch (PilotException failure) {
                LOG.warn("Worker {} is not heard: {}", config.id(), failure.getMessage());
            } catch (RuntimeException failure) {
                LOG.error("Worker {} could not tell that it is alive.", config.id(), failure);
            }
        }
    }

    /** By itself: a heartbeat that hangs must not keep a run from being ended whose lease another worker has by now. */
    private void watchLoop() {
        while (!closing || !executions.isEmpty()) {
            try {
                TimeUnit.MILLISECONDS.sleep(Math.max(10, granted.toMillis() / 10));
                executions.values().forEach(execution -> execution.unheard(granted));
            } catch (InterruptedException closed) {
                return;
            } catch (RuntimeException failure) {
                LOG.error("Worker {} could not look after its runs.", config.id(), failure);
            }
        }
    }

    private void beat() {
        List<Execution> held = List.copyOf(executions.values());
        List<Lease> leases = held.stream().map(Execution::lease).toList();
        HeartbeatAnswer answer = pilot.work().heartbeat(new HeartbeatRequest(config.id(), leases, config.lease()));
        if (!leaving) {
            drain(answer.drain());
        }
        List<LeaseState> states = answer.leases();
        for (int i = 0; i < states.size(); i++) {
            if (states.get(i).held()) {
                held.get(i).heard();
            } else {
                held.get(i).lose(String.valueOf(states.get(i).reason()));
            }
        }
    }

    private void pause(RuntimeException failure) {
        if (!closing) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            boolean passing =
                    cause instanceof PilotException pilotFailure && pilotFailure.kind() == ErrorKind.UNAVAILABLE;
            LOG.warn("Worker {} could not claim{}: {}", config.id(), passing ? " for now" : "", cause.getMessage());
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Takes nothing more and lets what it has end by itself, being heard of meanwhile; then closes. What is still going on when the time
     * is up is ended and given back to the queue.
     *
     * @param atMost how long to wait for it
     * @return whether all of it has ended by itself
     * @throws InterruptedException if the thread is interrupted meanwhile; it goes on draining
     */
    public boolean drain(Duration atMost) throws InterruptedException {
        leaving = true;
        drain(true);
        claiming.interrupt();
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (this) {
            while (!executions.isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    break;
                }
                wait(left);
            }
        }
        boolean allEnded = executions.isEmpty();
        close();
        return allEnded;
    }

    /** Claims nothing more, ends what runs and gives it back to the queue, and waits for that. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        claiming.interrupt();
        parts.reporter().close();
        executions.values().forEach(Execution::giveBack);
        threads.shutdown();
        try {
            long patience = config.cancelGrace().toMillis() + TimeUnit.SECONDS.toMillis(20);
            if (!threads.awaitTermination(patience, TimeUnit.MILLISECONDS)) {
                LOG.error("Worker {} gave up waiting for {} runs to end.", config.id(), executions.size());
                threads.shutdownNow();
            }
            claiming.join(TimeUnit.SECONDS.toMillis(5));
            beating.interrupt();
            beating.join(TimeUnit.SECONDS.toMillis(5));
            watching.interrupt();
            watching.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
