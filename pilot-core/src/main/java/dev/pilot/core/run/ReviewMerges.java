package dev.pilot.core.run;

import dev.pilot.api.access.AuditDecision;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.AuditOperation;
import dev.pilot.api.access.NewAuditEvent;
import dev.pilot.api.error.Conflict;
import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.repo.MergeResult;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunMove;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Json;
import dev.pilot.core.approval.ApprovalDesk;
import dev.pilot.core.repo.RepoDesk;
import dev.pilot.core.system.AuditTrail;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Journal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Merges what was accepted. The decision stands in the store before the merge and is marked as in effect behind it; since a merge done
 * twice is one merge, whatever is cut short between can simply be done again.
 */
final class ReviewMerges {
    private static final int LOCKS = 32;

    private final HubContext hub;
    private final RunTransitions transitions;
    private final ApprovalDesk approvals;
    private final Journal journal;
    private final RepoDesk repos;
    private final List<Lock> locks =
            Stream.<Lock>generate(ReentrantLock::new).limit(LOCKS).toList();

    ReviewMerges(HubContext hub, RunTransitions transitions, ApprovalDesk approvals, Journal journal, RepoDesk repos) {
        this.hub = hub;
        this.transitions = transitions;
        this.approvals = approvals;
        this.journal = journal;
        this.repos = repos;
    }

    /** Whether accepting a run means merging something. */
    static boolean isNeeded(Run run) {
        return run.repoId() != null && run.headCommit() != null;
    }

    private record Work(Approval approval, Run run, Repo repo) {}

    /**
     * Takes the effect of an accepted review.
     *
     * @return the approval, in effect
     * @throws Conflict if the merge is not possible; the run waits for another decision
     */
    Approval merge(ApprovalId id) {
        Lock lock = locks.get(Math.floorMod(id.hashCode(), LOCKS));
        lock.lock();
        try {
            Work work = hub.store().read(view -> {
                Approval approval = view.approvals().get(id);
                Run run = view.runs().get(Objects.requireNonNull(approval.runId()));
                return new Work(approval, run, view.repos().get(Objects.requireNonNull(run.repoId())));
            });
            return work.approval().effectAt() == null ? merge(work) : done(work);
        } finally {
            lock.unlock();
        }
    }

    /** Somebody else, such as the reconciler, was quicker: whoever decided is told what came of it all the same. */
    private Approval done(Work work) {
        if (work.run().state() == RunState.REVIEW) {
            Optional<Approval> again = hub.store()
                    .read(view -> view.approvals().pendingOf(work.run().id(), ApprovalKind.REVIEW));
            if (again.isPresent()) {
                sayWhyNot(work, again.get().payload());
            }
        }
        return work.approval();
    }

    private static void sayWhyNot(Work work, Json.Obj payload) {
        if (payload.get("conflict") instanceof Json.Arr files) {
            throw conflict(
                    work,
                    work.run(),
                    files.items().stream().map(ReviewMerges::text).toList());
        }
        if (payload.get("failure") instanceof Json.Str failure && payload.get("code") instanceof Json.Str code) {
            throw new NotAllowed(code.value(), failure.value());
        }
    }

    private static String text(Json value) {
        return value instanceof Json.Str text ? text.value() : value.toString();
    }

    private Approval merge(Work work) {
        Run run = work.run();
        String message = "Merge run " + run.id() + ": " + RunCreation.headline(run.goal());
        MergeResult result;
        try {
            result = repos.merge(work.repo(), Objects.requireNonNull(run.headCommit()), message);
        } catch (PilotException failure) {
            if (failure.kind() != ErrorKind.UNAVAILABLE) {
                hub.store()
                        .write(
                                "run.unmerged",
                                unit -> notMerged(unit, work.approval().id(), failure));
            }
            throw failure;
        }
        if (result instanceof MergeResult.Merged merged) {
            return hub.store()
                    .write("run.merged", unit -> merged(unit, work.approval().id(), merged));
        }
        List<String> files = ((MergeResult.Conflict) result).files();
        Run waiting = hub.store()
                .write("run.conflict", unit -> conflict(unit, work.approval().id(), files));
        throw conflict(work, waiting, files);
    }

    private static Conflict conflict(Work work, Run run, List<String> files) {
        return new Conflict(
                "merge-conflict",
                "Run " + run.id() + " can't be merged into " + work.repo().defaultBranch() + ": both changed "
                        + String.join(", ", files)
                        + ". Reject it with feedback, so that it is done again on what is there now.",
                "run",
                run.id().value(),
                run.updatedAt(),
                run);
    }

    private Approval merged(StoreUnit unit, ApprovalId id, MergeResult.Merged merged) {
        Approval approval = unit.approvals().get(id);
        if (approval.effectAt() != null) {
            return approval;
        }
        Run run = unit.runs().get(Objects.requireNonNull(approval.runId()));
        audit(unit, approval, run, AuditDecision.ALLOWED, "", Json.object("commit", merged.commit()));
        if (run.state() == RunState.REVIEW) {
            transitions.move(
                    unit,
                    run,
                    RunMove.SUCCEED,
                    same -> same.mergedCommit(merged.commit()),
                    Json.object(
                            "by", approval.decidedBy(),
                            "approvalId", id.value(),
                            "mergedCommit", merged.commit(),
                            "fastForward", merged.fastForward()));
        }
        return approvals.update(unit, approval, same -> same.effectAt(unit.now()));
    }

    private Run conflict(StoreUnit unit, ApprovalId id, List<String> files) {
        return reopened(
                unit, id, "merge conflict", String.join(", ", files), "Merge conflict", Json.object("conflict", files));
    }

    /** What can't be merged now will not be mergeable by itself, such as a commit that the copy doesn't have. */
    private Run notMerged(StoreUnit unit, ApprovalId id, PilotException failure) {
        return reopened(
                unit,
                id,
                "merge failed",
                failure.getMessage(),
                "Not merged",
                Json.object("failure", failure.getMessage(), "code", failure.code()));
    }

    /** The decision is spent; what is there now needs another one. */
    private Run reopened(StoreUnit unit, ApprovalId id, String event, String message, String title, Json.Obj payload) {
        Approval approval = unit.approvals().get(id);
        Run run = unit.runs().get(Objects.requireNonNull(approval.runId()));
        if (approval.effectAt() != null) {
            return run;
        }
        approvals.update(unit, approval, same -> same.effectAt(unit.now()));
        audit(unit, approval, run, AuditDecision.DENIED, event + ": " + message, Json.object());
        if (run.state() != RunState.REVIEW) {
            return run;
        }
        journal.write(
                unit,
                journal.build(Subject.run(run.id()), run.projectId(), run.id(), "merge", event, payload)
                        .level(Level.WARN)
                        .message(message)
                        .build());
        open(unit, run, Risk.HIGH, title + ": " + RunCreation.headline(run.goal()), payload);
        return run;
    }

    private void audit(
            StoreUnit unit, Approval approval, Run run, AuditDecision decision, String reason, Json.Obj more) {
        Repo repo = unit.repos().get(Objects.requireNonNull(run.repoId()));
        String target = repo.slug() + (repo.defaultBranch() == null ? "" : " " + repo.defaultBranch());
        hub.audit()
                .record(
                        unit,
                        Objects.requireNonNullElse(approval.decidedBy(), AuditTrail.HUB),
                        NewAuditEvent.builder(AuditKind.PATCH, AuditOperation.GIT_MERGE, target, decision)
                                .runId(run.id())
                                .projectId(run.projectId())
                                .reason(reason)
                                .data(Json.object("approvalId", approval.id().value(), "headCommit", run.headCommit())
                                        .merge(more))
                                .build());
    }

    /** Asks for a review. */
    Approval open(StoreUnit unit, Run run, Risk risk, String title, Json.Obj more) {
        Json.Obj payload = Json.object(
                        "summary", run.summary(),
                        "branch", run.branch(),
                        "baseCommit", run.baseCommit(),
                        "headCommit", run.headCommit(),
                        "changedFiles", run.usage().changedFiles(),
                        "changedLines", run.usage().changedLines())
                .merge(more);
        return approvals.open(unit, run, new ApprovalDesk.Question(ApprovalKind.REVIEW, risk, title, payload));
    }

    /** Where the policy asks for no review, the policy accepts; the merge is then done like any other. */
    Approval acceptByPolicy(StoreUnit unit, Run run) {
        Approval asked = open(unit, run, Risk.LOW, "Merge: " + RunCreation.headline(run.goal()), Json.object());
        hub.audit()
                .record(
                        unit,
                        "policy",
                        NewAuditEvent.builder(
                                        AuditKind.APPROVAL,
                                        AuditOperation.DECIDE,
                                        asked.id().value(),
                                        AuditDecision.ALLOWED)
                                .runId(run.id())
                                .projectId(run.projectId())
                                .reason("The policy asks for no review.")
                                .data(Json.object("kind", asked.kind(), "hash", asked.hash()))
                                .build());
        return approvals.update(
                unit,
                asked,
                approval -> approval.status(ApprovalStatus.APPROVED)
                        .decidedBy("policy")
                        .decidedAt(unit.now()));
    }
}
