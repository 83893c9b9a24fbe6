package dev.pilot.core.run;

import dev.pilot.api.access.Caller;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.ArtifactKind;
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
import dev.pilot.api.run.RunMove;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.Usage;
import dev.pilot.api.run.WorkQueue;
import dev.pilot.api.run.WorkerInfo;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import dev.pilot.core.access.Permission;
import dev.pilot.core.system.Fingerprint;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Journal;
import dev.pilot.core.system.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link WorkQueue} over the store and the files, for one caller. */
final class WorkQueueUseCases implements WorkQueue {
    private static final Logger LOG = LoggerFactory.getLogger(WorkQueueUseCases.class);
    private static final int MAX_CLAIM = 500;

    private final HubContext hub;
    private final RunParts parts;
    private final Finishing finishing;
    private final Journal journal;
    private final EventInput events;
    private final Caller caller;

    WorkQueueUseCases(HubContext hub, RunParts parts, Journal journal, Caller caller) {
        this.hub = hub;
        this.parts = parts;
        this.finishing = new Finishing(parts);
        this.journal = journal;
        this.events = new EventInput(hub);
        this.caller = caller;
    }

    @Override
    public CompletionStage<List<Assignment>> claim(ClaimRequest asked) {
        try {
            Permission.WORK.require(caller);
            ClaimRequest request = hub.redaction().clean(asked);
            check(request);
            List<Assignment> claimed = claimNow(request);
            if (!claimed.isEmpty()
                    || request.waitFor().isZero()
                    || request.waitFor().isNegative()) {
                return CompletableFuture.completedFuture(claimed);
            }
            return parts.waiters()
                    .await(
                            () -> claimNow(request),
                            this::giveBack,
                            shorter(request.waitFor(), hub.config().maxClaimWait()));
        } catch (PilotException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private static void check(ClaimRequest request) {
        InputCheck check = new InputCheck();
        check.range("limit", request.limit(), 1, MAX_CLAIM);
        check.text("host", request.host(), Limits.NAME);
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

    private List<Assignment> claimNow(ClaimRequest request) {
        // Most looks find nothing: those need no write.
        boolean worth = hub.store()
                .read(view -> !view.runs().claimable(request, view.now(), 1).isEmpty());
        List<Assignment> claimed = hub.store().write("run.claim", unit -> claim(unit, request, worth));
        return claimed.stream().map(this::withPreviousDiff).toList();
    }

    private List<Assignment> claim(StoreUnit unit, ClaimRequest request, boolean worth) {
        Instant now = unit.now();
        List<Run> runs = worth ? unit.runs().claimable(request, now, request.limit()) : List.of();
        Instant until = now.plus(shorter(request.lease(), hub.config().maxLease()));
        List<Assignment> claimed = new ArrayList<>();
        for (Run queued : runs) {
            Lease lease = new Lease(queued.id(), queued.attempt() + 1, request.workerId(), until);
            Run run = parts.transitions()
                    .move(
                            unit,
                            queued,
                            RunMove.CLAIM,
                            same -> same.attempt(lease.attempt())
                                    .lease(lease)
                                    .startedAt(queued.startedAt() == null ? now : queued.startedAt())
                                    .branch(null)
                                    .baseCommit(null)
                                    .headCommit(null)
                                    .exitCode(null)
                                    .error(null)
                                    .gates(List.of()),
                            Json.object("worker", request.workerId().value()));
            parts.attempts().begin(unit, run, lease);
            Repo repo = run.repoId() == null
                    ? null
                    : unit.repos().find(run.repoId()).orElse(null);
            claimed.add(new Assignment(run, repo, null));
        }
        unit.workers()
                .seen(new WorkerInfo(request.workerId(), request.host(), request.labels(), claimed.size(), now, now));
        return claimed;
    }

    /** Nobody waits for these any more, so nobody would begin them. */
    private void giveBack(List<Assignment> claimed) {
        release(claimed.stream()
                .map(assignment -> Objects.requireNonNull(assignment.run().lease()))
                .toList());
    }

    private Assignment withPreviousDiff(Assignment assignment) {
        Run run = assignment.run();
        return run.feedback() == null ? assignment : new Assignment(run, assignment.repo(), previousDiff(run));
    }

    private @Nullable String previousDiff(Run run) {
        List<Artifact> diffs = hub.store()
                .read(view -> view.artifacts().of(run.id()).stream()
                        .filter(artifact -> artifact.kind() == ArtifactKind.DIFF)
                        .toList());
        if (diffs.isEmpty()) {
            return null;
        }
        try (InputStream bytes = parts.files().open(diffs.get(diffs.size() - 1))) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException | PilotException e) {
            LOG.warn("The previous diff of run {} can't be read; its next attempt goes without.", run.id(), e);
            return null;
        }
    }

    @Override
    public HeartbeatAnswer heartbeat(HeartbeatRequest request) {
        requireHolder(request.workerId());
        request.leases().forEach(lease -> requireHolder(lease.workerId()));
        InputCheck check = new InputCheck();
        check.range("leases", request.leases().size(), 0, MAX_CLAIM);
        lease(check, request.lease());
        check.done();
        return hub.store().write("run.heartbeat", unit -> {
            Instant now = unit.now();
            Duration length = request.workerId().equals(RunCreation.EXTERNAL)
                    ? hub.config().externalSilence()
                    : shorter(request.lease(), hub.config().maxLease());
            Instant until = now.plus(length);
            List<Boolean> renewed = unit.runs().renew(request.leases(), until);
            List<LeaseState> states = new ArrayList<>();
            for (int i = 0; i < renewed.size(); i++) {
                Lease lease = request.leases().get(i);
                states.add(
                        renewed.get(i)
                                ? new LeaseState(
                                        new Lease(lease.runId(), lease.attempt(), lease.workerId(), until), true, null)
                                : new LeaseState(lease, false, lossOf(unit, lease)));
            }
            unit.workers().heard(request.workerId(), now);
            return new HeartbeatAnswer(states);
        });
    }

    private static String lossOf(StoreUnit unit, Lease lease) {
        return unit.runs()
                .find(lease.runId())
                .map(run -> run.attempt() != lease.attempt()
                        ? "claimed-again"
                        : run.state().wire().toLowerCase(Locale.ROOT))
                .orElse("deleted");
    }

    @Override
    public Run started(Lease lease, String branch, String baseCommit) {
        return held("run.started", lease, (unit, run) -> {
            parts.attempts().started(unit, run, branch, baseCommit);
            return parts.transitions()
                    .change(unit, run, same -> same.branch(branch).baseCommit(baseCommit));
        });
    }

    @Override
    public Run gates(Lease lease) {
        return held(
                "run.gates",
                lease,
                (unit, run) -> parts.transitions().move(unit, run, RunMove.GATE, same -> same, Json.object()));
    }

    @Override
    public Approval ask(Lease lease, NewApproval question) {
        NewApproval clean = hub.redaction().clean(question);
        InputCheck check = new InputCheck();
        check.name("title", clean.title());
        check.json("payload", clean.payload());
        if (clean.kind() == ApprovalKind.START || clean.kind() == ApprovalKind.REVIEW) {
            check.problem("kind", "must be one that a worker may ask: tool, budget, publish, question or action");
        }
        check.done();
        return held("run.ask", lease, (unit, run) -> {
            Run blocked = parts.transitions()
                    .move(unit, run, RunMove.INTERRUPT, same -> same, Json.object("kind", clean.kind()));
            return parts.approvals().open(unit, blocked, clean.kind(), clean.risk(), clean.title(), clean.payload());
        });
    }

    @Override
    public CompletionStage<Appended> append(Lease lease, List<NewEvent> wanted) {
        try {
            List<NewEvent> accepted = events.accept(wanted);
            // In the unit that checks the lease, so that a worker that lost it leaves no trace.
            Appended appended = held("run.append", lease, (unit, run) -> {
                List<NewEvent> ofRun = accepted.stream()
                        .map(event -> event.toBuilder()
                                .runId(run.id())
                                .projectId(run.projectId())
                                .build())
                        .toList();
                return unit.events().append(ofRun);
            });
            return CompletableFuture.completedFuture(appended);
        } catch (PilotException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public long output(Lease lease, OutputStream stream, long offset, byte[] bytes) {
        requireHolder(lease.workerId());
        Run run = lease.workerId().equals(RunCreation.EXTERNAL)
                ? held("run.output", lease, (unit, same) -> same)
                : hub.store().read(view -> RunLookup.held(view, lease));
        long size = parts.output().append(run.id(), run.attempt(), stream, offset, bytes);
        parts.announcer().grown(run, run.attempt(), stream, offset, size);
        return size;
    }

    @Override
    public Artifact keep(Lease lease, NewArtifact artifact, byte[] bytes) {
        requireHolder(lease.workerId());
        NewArtifact clean = hub.redaction().clean(artifact);
        check(clean, bytes);
        Run run = hub.store().read(view -> RunLookup.held(view, lease));
        byte[] redacted = parts.files().redact(bytes);
        ArtifactId id = new ArtifactId(hub.ids().next("art"));
        parts.files().write(run.id(), id, redacted);
        try {
            return held("run.artifact", lease, (unit, holder) -> {
                Artifact kept = new Artifact(
                        id,
                        holder.id(),
                        holder.attempt(),
                        clean.kind(),
                        clean.name(),
                        clean.contentType(),
                        redacted.length,
                        Fingerprint.sha256(redacted),
                        clean.data(),
                        unit.now());
                unit.artifacts().create(kept);
                Json.Obj data = Json.object(
                        "artifactId", id.value(), "kind", clean.kind(), "name", clean.name(), "size", redacted.length);
                journal.write(
                        unit,
                        journal.build(
                                        Subject.run(holder.id()),
                                        holder.projectId(),
                                        holder.id(),
                                        "artifact",
                                        clean.name(),
                                        data)
                                .build());
                return kept;
            });
        } catch (RuntimeException refused) {
            forget(run, id);
            throw refused;
        }
    }

    private void forget(Run run, ArtifactId id) {
        try {
            parts.files().delete(run.id(), id);
        } catch (IOException e) {
            LOG.warn("The file of artifact {} was not kept, but can't be deleted.", id, e);
        }
    }

    private void check(NewArtifact artifact, byte[] bytes) {
        InputCheck check = new InputCheck();
        check.name("name", artifact.name());
        if (artifact.name().indexOf('/') >= 0
                || artifact.name().indexOf('\\') >= 0
                || artifact.name().matches("\\.{1,2}")) {
            check.problem("name", "must be a file name without a path");
        }
        check.name("contentType", artifact.contentType());
        check.json("data", artifact.data());
        if (bytes.length > hub.config().maxArtifact()) {
            check.problem(
                    "bytes",
                    "may be " + hub.config().maxArtifact() + " at most (max.artifact), but are " + bytes.length);
        }
        check.done();
    }

    @Override
    public Run use(Lease lease, Usage used) {
        InputCheck check = new InputCheck();
        for (long figure : new long[] {
            used.wallMillis(),
            used.inputTokens(),
            used.outputTokens(),
            used.costMicros(),
            used.toolCalls(),
            used.changedFiles(),
            used.changedLines(),
            used.outputBytes()
        }) {
            check.range("used", figure, 0, Long.MAX_VALUE >> 8);
        }
        check.done();
        return held("run.use", lease, (unit, run) -> {
            Run after = parts.transitions()
                    .change(unit, run, same -> same.usage(run.usage().plus(used)));
            Run enforced = parts.budgets().enforce(unit, after);
            if (enforced.state().isFinal()) {
                parts.attempts().end(unit, enforced, "failed");
            }
            return enforced;
        });
    }

    @Override
    public List<ItemResult<Run>> release(List<Lease> leases) {
        List<ItemResult<Run>> released = each(
                "leases",
                leases,
                lease -> held("run.release", lease, (unit, run) -> {
                    Finishing.refuseExternal(run, "give it back");
                    parts.approvals().expire(unit, run);
                    parts.attempts().end(unit, run, "released");
                    return parts.transitions()
                            .move(unit, run, RunMove.REQUEUE, same -> same, Json.object("reason", "released"));
                }));
        parts.waiters().wake();
        return released;
    }

    @Override
    public List<ItemResult<Run>> finish(List<FinishRun> reports) {
        Permission.REPORT.require(caller);
        List<ItemResult<Run>> finished = each("reports", reports, this::finish);
        parts.waiters().wake();
        return finished;
    }

    private Run finish(FinishRun report) {
        requireHolder(report.lease().workerId());
        FinishRun clean = finishing.check(hub.redaction().clean(report));
        // What was printed is announced before what came of it.
        hub.store().read(view -> view.runs().find(clean.lease().runId())).ifPresent(parts.announcer()::flush);
        Finishing.Finished finished = hub.store().write("run.finish", unit -> finishing.finish(unit, clean));
        if (finished.toMerge() != null) {
            try {
                parts.merges().merge(finished.toMerge().id());
            } catch (PilotException waits) {
                // The attempt is over all the same; the run shows what it waits for, and the sweep tries again.
                LOG.info("Run {} is not merged yet: {}", finished.run().id(), waits.getMessage());
            }
            return hub.store().read(view -> view.runs().get(finished.run().id()));
        }
        return finished.run();
    }

    /** Whoever reports runs of its own may do so for an outside agent's only; for a worker's, one must be a worker. */
    private void requireHolder(WorkerId holder) {
        (holder.equals(RunCreation.EXTERNAL) ? Permission.REPORT : Permission.WORK).require(caller);
    }

    private interface Held<T> {
        T with(StoreUnit unit, Run run);
    }

    /** Does something with a run, if the worker holds it; an outside agent's silence is broken by it. */
    private <T> T held(String name, Lease lease, Held<T> work) {
        requireHolder(lease.workerId());
        return hub.store().write(name, unit -> {
            Run run = RunLookup.held(unit, lease);
            if (lease.workerId().equals(RunCreation.EXTERNAL)) {
                unit.runs().renew(List.of(lease), unit.now().plus(hub.config().externalSilence()));
                run = RunLookup.held(unit, lease);
            }
            return work.with(unit, run);
        });
    }

    private static <I, O> List<ItemResult<O>> each(String field, List<I> items, Function<I, O> work) {
        if (items.isEmpty() || items.size() > MAX_CLAIM) {
            throw InvalidInput.of(field, "must have 1 to " + MAX_CLAIM + " entries, but has " + items.size());
        }
        List<ItemResult<O>> results = new ArrayList<>();
        for (I item : items) {
            try {
                results.add(new ItemResult.Done<>(work.apply(item)));
            } catch (PilotException refused) {
                results.add(new ItemResult.Refused<>(refused));
            }
        }
        return results;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
