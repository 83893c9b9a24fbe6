package dev.pilot.core;

import dev.pilot.api.Door;
import dev.pilot.api.Pilot;
import dev.pilot.api.access.Account;
import dev.pilot.api.access.Audit;
import dev.pilot.api.access.AuditReport;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Identity;
import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.access.Tokens;
import dev.pilot.api.access.Users;
import dev.pilot.api.project.GraphRuns;
import dev.pilot.api.project.Projects;
import dev.pilot.api.project.Tasks;
import dev.pilot.api.repo.Repos;
import dev.pilot.api.repo.VcsSync;
import dev.pilot.api.run.Agents;
import dev.pilot.api.run.Approvals;
import dev.pilot.api.run.Budgets;
import dev.pilot.api.run.CommandRunner;
import dev.pilot.api.run.Events;
import dev.pilot.api.run.Outbox;
import dev.pilot.api.run.Quotas;
import dev.pilot.api.run.RunnerAdapter;
import dev.pilot.api.run.Runs;
import dev.pilot.api.run.WorkQueue;
import dev.pilot.api.run.Workers;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreInfo;
import dev.pilot.api.system.HubSystem;
import dev.pilot.core.audit.AuditDesk;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.core.system.AuditTrail;
import dev.pilot.core.system.DataDirectory;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Ids;
import dev.pilot.core.system.Redaction;
import dev.pilot.core.system.Threads;
import dev.pilot.core.worker.Worker;
import dev.pilot.core.worker.WorkerConfig;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub in this process. As it stands it acts for the embedding program, which may do everything; {@link #as} binds it to somebody
 * else, {@link #door} to whoever shows a token. Threads may share it. Closing it ends its workers and everything that they run.
 *
 * <pre>{@code
 * try (PilotHub hub = PilotHub.open(PilotConfig.builder(Path.of("data")).build())) {
 *     Project project = hub.projects().create(CreateProject.named("Apollo"));
 * }
 * }</pre>
 */
public final class PilotHub implements Pilot {
    private static final Logger LOG = LoggerFactory.getLogger(PilotHub.class);
    private static final Duration SWEEP_PATIENCE = Duration.ofSeconds(5);

    private final HubContext context;
    private final Adapters adapters;
    private final Rooms rooms;
    private final Pilot embedded;
    private final ScheduledThreadPoolExecutor timer = Threads.timer("pilot-timer");
    private final ExecutorService followers = Threads.perTask("pilot-follow");
    private final Queue<Worker> workers = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * The driven ports of a hub.
     *
     * @param store keeps everything but big payloads; closed with the hub
     * @param redactor finds secrets
     * @param vcs handles copies of repositories; null for none
     * @param runners carry out runs; closed with the hub
     * @param commands runs gates; null for none
     */
    public record Adapters(
            ProjectStore store,
            SecretRedactor redactor,
            @Nullable VcsSync vcs,
            List<RunnerAdapter> runners,
            @Nullable CommandRunner commands) {
        /** Copies the list. */
        public Adapters {
            runners = List.copyOf(runners);
        }
    }

    /**
     * Makes a hub out of its ports.
     *
     * @param config how it is set up
     * @param data where its files lie
     * @param adapters its ports
     */
    public PilotHub(PilotConfig config, DataDirectory data, Adapters adapters) {
        this.adapters = adapters;
        StoreInfo store = adapters.store().info();
        data.belongsTo(store.hubId(), store.location());
        Ids ids = new Ids(config.clock());
        this.context = new HubContext(
                config,
                data,
                adapters.store(),
                adapters.redactor(),
                new Redaction(adapters.redactor()),
                ids,
                new AuditTrail(ids, adapters.redactor(), store.hubId()));
        this.rooms = Rooms.of(context, adapters.vcs(), timer, followers);
        this.embedded = as(Caller.EMBEDDED);
        Future<?> unused = timer.scheduleWithFixedDelay(
                rooms.audits()::sweep, 0, config.sweepEvery().toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Opens a hub with the adapters that are on the class path.
     *
     * @param config how it is set up
     * @return the hub
     * @throws dev.pilot.api.error.Unavailable if the data directory or the store can't be used
     */
    public static PilotHub open(PilotConfig config) {
        return PilotModule.open(config);
    }

    /**
     * Checks the audit log of a hub that is not running. It only looks: nothing is made or migrated.
     *
     * @param config how the hub is set up
     * @return what was looked at, and the first thing that is wrong
     * @throws dev.pilot.api.error.Unavailable with code {@code no-hub} if there is no hub, {@code store-too-old} if its store would have to be
     *     migrated, or if its data directory, its store or its key can't be used, or a hub uses it
     */
    public static AuditReport verifyAudit(PilotConfig config) {
        try (StoppedHub hub = StoppedHub.open(config)) {
            return AuditDesk.verify(hub.data(), hub.store());
        }
    }

    /**
     * Binds the hub to a caller.
     *
     * @param caller who asks
     * @return the hub as that caller may use it; closing it does nothing
     */
    public Pilot as(Caller caller) {
        return as(Identity.embedded(caller));
    }

    private Pilot as(Identity identity) {
        return rooms.audits().watched(HubPilot.of(rooms, identity), identity.caller());
    }

    /**
     * The door for those who show a token, of the configuration or one that the hub keeps, or log in.
     *
     * @return the door
     */
    public Door door() {
        PilotConfig config = context.config();
        String admin = context.data().adminToken(Objects.requireNonNullElse(config.adminToken(), ""));
        Stream.of(admin, config.agentToken(), config.workerToken())
                .filter(Objects::nonNull)
                .forEach(context.redactor()::learn);
        return rooms.audits().watched(rooms.accounts().door(admin, this::as));
    }

    /**
     * Starts a worker in this process, with the hub's own runners. It is closed with the hub.
     *
     * @param config how it is set up
     * @return the worker, at work
     * @throws IllegalStateException if no runner is on the class path
     */
    public Worker startWorker(WorkerConfig config) {
        if (adapters.runners().isEmpty() || adapters.commands() == null) {
            throw new IllegalStateException("There is no runner on the class path: add pilot-runner-process.");
        }
        Worker worker = Worker.start(
                embedded,
                config,
                new Worker.Tools(adapters.runners(), adapters.commands(), adapters.vcs(), Outbox.NONE));
        workers.add(worker);
        return worker;
    }

    /**
     * Redacts secrets, those that the hub has been told of included.
     *
     * @return the redactor
     */
    public SecretRedactor redactor() {
        return context.redactor();
    }

    /**
     * Where the hub's files lie.
     *
     * @return the data directory
     */
    public DataDirectory data() {
        return context.data();
    }

    @Override
    public Projects projects() {
        return embedded.projects();
    }

    @Override
    public Tasks tasks() {
        return embedded.tasks();
    }

    @Override
    public Agents agents() {
        return embedded.agents();
    }

    @Override
    public Runs runs() {
        return embedded.runs();
    }

    @Override
    public Budgets budgets() {
        return embedded.budgets();
    }

    @Override
    public GraphRuns graphs() {
        return embedded.graphs();
    }

    @Override
    public Quotas quotas() {
        return embedded.quotas();
    }

    @Override
    public Approvals approvals() {
        return embedded.approvals();
    }

    @Override
    public Events events() {
        return embedded.events();
    }

    @Override
    public WorkQueue work() {
        return embedded.work();
    }

    @Override
    public Workers workers() {
        return embedded.workers();
    }

    @Override
    public Repos repos() {
        return embedded.repos();
    }

    @Override
    public Users users() {
        return embedded.users();
    }

    @Override
    public Tokens tokens() {
        return embedded.tokens();
    }

    @Override
    public Account account() {
        return embedded.account();
    }

    @Override
    public Audit audit() {
        return embedded.audit();
    }

    @Override
    public HubSystem system() {
        return embedded.system();
    }

    /** Ends the workers and all that they run, then what waits and follows, then the store. Closing twice does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        workers.forEach(Worker::close);
        adapters.runners().forEach(PilotHub::closeQuietly);
        rooms.runs().close();
        rooms.feed().close();
        rooms.accounts().close();
        timer.shutdown();
        followers.shutdown();
        awaitSweep();
        rooms.audits().close();
        adapters.store().close();
    }

    /** A sweep that is under way still needs the store. */
    private void awaitSweep() {
        try {
            if (!timer.awaitTermination(SWEEP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A sweep has not ended within {}; the store is closed all the same.", SWEEP_PATIENCE);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** One adapter that can't be closed must not keep the store from it. */
    private static void closeQuietly(RunnerAdapter runner) {
        try {
            runner.close();
        } catch (RuntimeException e) {
            LOG.error("The runner for {} could not be closed.", runner.kind().wire(), e);
        }
    }
}
