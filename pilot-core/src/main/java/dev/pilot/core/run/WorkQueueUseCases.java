package dev.pilot.core.run;

import dev.pilot.api.access.Caller;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.HeartbeatAnswer;
import dev.pilot.api.run.HeartbeatRequest;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.LeaseState;
import dev.pilot.api.run.NewApproval;
import dev.pilot.api.run.NewArtifact;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.ToolAnswer;
import dev.pilot.api.run.ToolCall;
import dev.pilot.api.run.Usage;
import dev.pilot.api.run.UsageReceipt;
import dev.pilot.api.run.UsageReport;
import dev.pilot.api.run.WorkQueue;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.ItemResult;
import dev.pilot.core.access.Permission;
import dev.pilot.core.access.Reach;
import dev.pilot.core.queue.Ask;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Journal;
import dev.pilot.core.system.Limits;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@link WorkQueue} over the store and the files, for one caller. */
final class WorkQueueUseCases implements WorkQueue {
    /** As many as a worker may have slots. */
    private static final int MOST_HOLDING = 1_000;

    private final HubContext hub;
    private final RunParts parts;
    private final WorkDesk desk;
    private final Caller caller;
    private final Reach reach;
    private final Holding holding;
    private final AttemptWrites writes;
    private final UsageReports usage;
    private final AttemptRepository repository;

    WorkQueueUseCases(HubContext hub, RunParts parts, WorkDesk desk, Journal journal, Caller caller) {
        this.hub = hub;
        this.parts = parts;
        this.desk = desk;
        this.caller = caller;
        this.reach = Reach.of(caller);
        this.holding = new Holding(hub, desk.presence(), caller);
        this.writes = new AttemptWrites(hub, parts, journal, holding, caller);
        this.usage = new UsageReports(hub, parts, journal, holding);
        this.repository = new AttemptRepository(hub, desk.repos(), holding);
    }

    @Override
    public CompletionStage<List<Assignment>> claim(ClaimRequest asked) {
        try {
            Permission.CLAIM_RUNS.require(caller);
            ClaimRequest request = hub.redaction().clean(asked);
            check(request);
            desk.presence().seen(request, caller);
            desk.lostAnswers().takeBack(request, reach);
            return desk.claims()
                    .claim(
                            new Ask(request, reach),
                            Holding.shorter(request.waitFor(), hub.config().maxClaimWait()));
        } catch (PilotException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private static void check(ClaimRequest request) {
        InputCheck check = new InputCheck();
        check.range("limit", request.limit(), 1, Holding.MOST);
        check.range("slots", request.slots(), 0, Integer.MAX_VALUE);
        check.text("host", request.host(), Limits.NAME);
        List<RunId> holding = request.holding();
        check.range("holding", holding == null ? 0 : holding.size(), 0, MOST_HOLDING);
        check.texts("labels", List.copyOf(request.labels()), Limits.TAGS, Limits.TAG);
        lease(check, request.lease());
        if (request.workerId().equals(RunCreation.EXTERNAL)) {
            check.problem("workerId", "must not be " + RunCreation.EXTERNAL + ", which stands for outside agents");
        }
        check.done();
    }

    private static void lease(InputCheck check, Duration lease) {
        if (lease.isNegative() || lease.isZero()) {
            check.problem("lease", "must be more than nothing");
        }
    }

    @Override
    public HeartbeatAnswer heartbeat(HeartbeatRequest request) {
        holding.require(request.workerId());
        request.leases().forEach(lease -> holding.require(lease.workerId()));
        InputCheck check = new InputCheck();
        check.range("leases", request.leases().size(), 0, Holding.MOST);
        lease(check, request.lease());
        check.done();
        return hub.store().write("run.heartbeat", unit -> {
            holding.requireOwn(unit, request.workerId());
            Instant now = unit.now();
            Duration length = request.workerId().equals(RunCreation.EXTERNAL)
                    ? hub.config().externalSilence()
                    : Holding.shorter(request.lease(), hub.config().maxLease());
            Instant until = now.plus(length);
            Set<Lease> own = holding.own(unit, request.leases());
            Iterator<Boolean> renewed = unit.runs()
                    .renew(request.leases().stream().filter(own::contains).toList(), until)
                    .iterator();
            List<LeaseState> states = new ArrayList<>();
            for (Lease lease : request.leases()) {
                states.add(
                        own.contains(lease) && renewed.next()
                                ? new LeaseState(
                                        new Lease(lease.runId(), lease.attempt(), lease.workerId(), until), true, null)
                                : new LeaseState(lease, false, lossOf(reach.in(unit), lease)));
            }
            unit.workers().heard(request.workerId(), now);
            return new HeartbeatAnswer(states, unit.workers().draining().contains(request.workerId()));
        });
    }

    private static String lossOf(StoreView seen, Lease lease) {
        return seen.runs()
                .find(lease.runId())
                .map(run -> run.attempt() != lease.attempt()
                        ? "claimed-again"
                        : run.state().wire().toLowerCase(Locale.ROOT))
                .orElse("deleted");
    }

    @Override
    public Run started(Lease lease, String branch, String baseCommit) {
        return writes.started(lease, branch, baseCommit);
    }

    @Override
    public InputStream base(Lease lease, List<String> known) {
        return repository.base(lease, known);
    }

    @Override
    public String publish(Lease lease, InputStream bundle) {
        return repository.publish(lease, bundle);
    }

    @Override
    public Run gates(Lease lease) {
        return writes.gates(lease);
    }

    @Override
    public Approval ask(Lease lease, NewApproval question) {
        return writes.ask(lease, question);
    }

    @Override
    public ToolAnswer tool(Lease lease, ToolCall call) {
        return writes.tool(lease, call);
    }

    @Override
    public CompletionStage<Appended> append(Lease lease, List<NewEvent> events) {
        return writes.append(lease, events);
    }

    @Override
    public long output(Lease lease, OutputStream stream, long offset, byte[] bytes) {
        return writes.output(lease, stream, offset, bytes);
    }

    @Override
    public Artifact keep(Lease lease, NewArtifact artifact, byte[] bytes) {
        return writes.keep(lease, artifact, bytes);
    }

    @Override
    public Run use(Lease lease, Usage used) {
        return writes.use(lease, used);
    }

    @Override
    public List<ItemResult<UsageReceipt>> use(List<UsageReport> reports) {
        return usage.take(reports);
    }

    @Override
    public List<ItemResult<Run>> release(List<Lease> leases) {
        return Holding.each("leases", leases, lease -> {
            holding.require(lease);
            // Its own waiting claim must not get it back: a worker that leaves hears no answer; another one asks again.
            desk.claims().dismiss(lease.workerId());
            return holding.held("run.release", lease, (unit, run) -> {
                Finishing.refuseExternal(run, "give it back");
                return Finishing.released(unit, parts, run);
            });
        });
    }

    @Override
    public List<ItemResult<Run>> finish(List<FinishRun> reports) {
        List<FinishRun> accepted = new ArrayList<>();
        List<ItemResult<FinishRun>> checked = Holding.each("reports", reports, report -> {
            holding.require(report.lease());
            FinishRun clean = Finishing.check(hub.redaction().clean(report));
            accepted.add(clean);
            return clean;
        });
        Iterator<ItemResult<Run>> taken = desk.reports().take(accepted).iterator();
        List<ItemResult<Run>> results = new ArrayList<>();
        for (ItemResult<FinishRun> report : checked) {
            results.add(
                    report instanceof ItemResult.Refused<FinishRun> refused
                            ? new ItemResult.Refused<>(refused.error())
                            : taken.next());
        }
        return results;
    }
}
