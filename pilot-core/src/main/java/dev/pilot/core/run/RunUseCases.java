package dev.pilot.core.run;

import dev.pilot.api.access.Caller;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.Attempt;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.OutputChunk;
import dev.pilot.api.run.OutputRequest;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunError;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.run.RunMove;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunWait;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.Runs;
import dev.pilot.api.run.Verdict;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.access.Permission;
import dev.pilot.core.access.Reach;
import dev.pilot.core.queue.WaitExplainer;
import dev.pilot.core.system.HubContext;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link Runs} over the store and the files, for one caller. */
final class RunUseCases implements Runs {
    private final HubContext hub;
    private final RunParts parts;
    private final Caller caller;
    private final Reach reach;

    RunUseCases(HubContext hub, RunParts parts, Caller caller) {
        this.hub = hub;
        this.parts = parts;
        this.caller = caller;
        this.reach = Reach.of(caller);
    }

    @Override
    public Created<Run> createOrFind(CreateRun command) {
        return parts.intake()
                .take("run.create", List.of(clean(command)), caller)
                .get(0)
                .get();
    }

    @Override
    public List<ItemResult<Created<Run>>> createAll(List<CreateRun> commands) {
        List<CreateRun> accepted = new ArrayList<>();
        List<ItemResult<CreateRun>> checked = Holding.each("runs", commands, command -> {
            CreateRun clean = clean(command);
            accepted.add(clean);
            return clean;
        });
        Iterator<ItemResult<Created<Run>>> made =
                parts.intake().take("run.createAll", accepted, caller).iterator();
        List<ItemResult<Created<Run>>> results = new ArrayList<>();
        for (ItemResult<CreateRun> command : checked) {
            results.add(
                    command instanceof ItemResult.Refused<CreateRun> refused
                            ? new ItemResult.Refused<>(refused.error())
                            : made.next());
        }
        return results;
    }

    private CreateRun clean(CreateRun command) {
        boolean ownWork = command.profile() != null && command.profile().runner() == RunnerKind.EXTERNAL;
        (ownWork ? Permission.REGISTER_WORK : Permission.CREATE_RUNS).require(caller);
        parts.creation().refuseCredentials(command);
        return hub.redaction().clean(command);
    }

    @Override
    public Run get(RunId id) {
        Permission.SEE_RUNS.require(caller);
        return hub.store().read(view -> RunLookup.get(reach.in(view), id));
    }

    @Override
    public Page<Run> list(RunFilter filter, PageRequest page) {
        Permission.SEE_RUNS.require(caller);
        return hub.store().read(view -> reach.in(view).runs().list(filter, page));
    }

    @Override
    public List<Attempt> attempts(RunId id) {
        Permission.SEE_RUNS.require(caller);
        return hub.store()
                .read(view ->
                        view.runs().attempts(RunLookup.get(reach.in(view), id).id()));
    }

    @Override
    public Run approve(RunId id, @Nullable String comment) {
        Permission.DECIDE.require(caller);
        Decision yes = Decision.of(Verdict.APPROVE, comment, false);
        Approval start = hub.store().read(view -> {
            Run run = RunLookup.get(reach.in(view), id);
            RunTransitions.check(run, RunMove.APPROVE);
            return pending(view, run, ApprovalKind.START);
        });
        parts.decisions().decide(start.id(), yes, caller);
        return get(id);
    }

    @Override
    public Run reject(RunId id, @Nullable String comment, boolean again) {
        Permission.DECIDE.require(caller);
        Decision no = Decision.of(Verdict.REJECT, comment, again);
        Approval waiting = hub.store().read(view -> {
            Run run = RunLookup.get(reach.in(view), id);
            if (run.state() != RunState.PROPOSED) {
                RunTransitions.check(run, RunMove.RETURN);
            }
            return pending(view, run, run.state() == RunState.PROPOSED ? ApprovalKind.START : ApprovalKind.REVIEW);
        });
        parts.decisions().decide(waiting.id(), no, caller);
        return get(id);
    }

    @Override
    public Run accept(RunId id, @Nullable String comment) {
        Permission.DECIDE.require(caller);
        Decision yes = Decision.of(Verdict.APPROVE, comment, false);
        Optional<Approval> unmerged = hub.store().read(view -> {
            Run run = RunLookup.get(reach.in(view), id);
            return unmerged(view, run);
        });
        if (unmerged.isPresent()) {
            // Accepted before, but the merge was cut short.
            parts.merges().merge(unmerged.get().id());
        } else {
            Approval review = hub.store().read(view -> {
                Run run = RunLookup.get(reach.in(view), id);
                if (run.state() != RunState.REVIEW) {
                    RunTransitions.check(run, RunMove.RETURN);
                }
                return pending(view, run, ApprovalKind.REVIEW);
            });
            parts.decisions().decide(review.id(), yes, caller);
        }
        return get(id);
    }

    private static Approval pending(StoreView view, Run run, ApprovalKind kind) {
        return view.approvals()
                .pendingOf(run.id(), kind)
                .orElseThrow(() -> new NotAllowed(
                        "nothing-to-decide", "Run " + run.id() + " has been decided on and is being dealt with."));
    }

    /** Whether its result was accepted and is being merged, so that it can't be cancelled any more. */
    static boolean isBeingMerged(StoreView view, Run run) {
        return unmerged(view, run).isPresent();
    }

    /** The review that was accepted, but whose merge has not been done. */
    private static Optional<Approval> unmerged(StoreView view, Run run) {
        return run.state() != RunState.REVIEW
                ? Optional.empty()
                : view
                        .approvals()
                        .list(
                                ApprovalFilter.builder()
                                        .status(ApprovalStatus.APPROVED)
                                        .kind(ApprovalKind.REVIEW)
                                        .runId(run.id())
                                        .build(),
                                PageRequest.first(PageRequest.MAX_LIMIT))
                        .items()
                        .stream()
                        .filter(approval -> approval.effectAt() == null)
                        .findFirst();
    }

    @Override
    public Run cancel(RunId id, @Nullable String reason) {
        Permission.STEER_RUNS.require(caller);
        String why = hub.redaction().clean(reason);
        Run cancelled = hub.store().write("run.cancel", unit -> {
            Run run = RunLookup.get(reach.in(unit), id);
            if (run.state() == RunState.CANCELLED) {
                return run;
            }
            if (isBeingMerged(unit, run)) {
                throw new NotAllowed("being-merged", "Run " + run.id() + " was accepted and is being merged.");
            }
            RunTransitions.check(run, RunMove.CANCEL);
            parts.approvals().expire(unit, run);
            parts.attempts().end(unit, run, "cancelled");
            return parts.transitions()
                    .move(
                            unit,
                            run,
                            RunMove.CANCEL,
                            same -> same,
                            Json.object("by", caller.name(), "reason", why == null ? "" : why));
        });
        parts.output().flush(cancelled.id(), cancelled.attempt());
        return cancelled;
    }

    @Override
    public Run retry(RunId id) {
        Permission.STEER_RUNS.require(caller);
        Run queued = hub.store().write("run.retry", unit -> {
            Run run = RunLookup.get(reach.in(unit), id);
            RunTransitions.check(run, RunMove.RETRY);
            Finishing.refuseExternal(run, "retry it");
            RunError over = RunBudgets.error(run);
            if (over != null) {
                throw new NotAllowed(
                        RunBudgets.EXCEEDED,
                        "Run " + run.id() + " has used up its budget (" + over.message()
                                + "), which is for all its attempts: create another one.");
            }
            if (run.taskId() != null) {
                RunCreation.refuseSecond(unit.runs().activeOf(run.taskId()));
            }
            return parts.transitions()
                    .move(
                            unit,
                            run,
                            RunMove.RETRY,
                            same -> same.failures(0).error(null),
                            Json.object("by", caller.name()));
        });
        return queued;
    }

    @Override
    public OutputChunk output(OutputRequest request) {
        Permission.SEE_RUNS.require(caller);
        Run run = hub.store().read(view -> RunLookup.get(reach.in(view), request.runId()));
        int attempt = request.attempt() == 0 ? run.attempt() : request.attempt();
        return parts.output().read(run.id(), attempt, request);
    }

    @Override
    public List<Artifact> artifacts(RunId id) {
        Permission.SEE_RUNS.require(caller);
        return hub.store()
                .read(view ->
                        view.artifacts().of(RunLookup.get(reach.in(view), id).id()));
    }

    @Override
    public Artifact artifact(ArtifactId id) {
        Permission.SEE_RUNS.require(caller);
        return hub.store().read(view -> reach.in(view).artifacts().get(id));
    }

    @Override
    public InputStream artifactContent(ArtifactId id) {
        return parts.files().open(artifact(id));
    }

    @Override
    public RunWait whyWaiting(RunId id) {
        Permission.SEE_RUNS.require(caller);
        return hub.store().read(view -> WaitExplainer.explain(view, reach, RunLookup.get(reach.in(view), id)));
    }
}
