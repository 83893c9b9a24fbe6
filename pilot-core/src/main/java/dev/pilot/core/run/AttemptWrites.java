package dev.pilot.core.run;

import dev.pilot.api.access.Caller;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewApproval;
import dev.pilot.api.run.NewArtifact;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunClock;
import dev.pilot.api.run.RunMove;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.ToolAnswer;
import dev.pilot.api.run.ToolCall;
import dev.pilot.api.run.Usage;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Json;
import dev.pilot.core.approval.ApprovalDesk;
import dev.pilot.core.event.EventInput;
import dev.pilot.core.limit.Metric;
import dev.pilot.core.system.Fingerprint;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Journal;
import dev.pilot.core.system.Limits;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a worker writes while it carries an attempt out: where it starts, questions, events, output, files, usage. */
final class AttemptWrites {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptWrites.class);

    private final HubContext hub;
    private final RunParts parts;
    private final Journal journal;
    private final EventInput events;
    private final Holding holding;
    private final Caller caller;

    AttemptWrites(HubContext hub, RunParts parts, Journal journal, Holding holding, Caller caller) {
        this.hub = hub;
        this.parts = parts;
        this.journal = journal;
        this.events = new EventInput(hub);
        this.holding = holding;
        this.caller = caller;
    }

    Run started(Lease lease, String branch, String baseCommit) {
        return holding.held("run.started", lease, (unit, run) -> {
            parts.attempts().started(unit, run, branch, baseCommit);
            // Opening the workspace is none of the command's time.
            RunClock clock = run.branch() == null && run.state() == RunState.RUNNING
                    ? RunClock.startingAt(unit.now())
                    : run.clock();
            return parts.transitions()
                    .change(
                            unit,
                            run,
                            same -> same.branch(branch).baseCommit(baseCommit).clock(clock));
        });
    }

    Run gates(Lease lease) {
        return holding.held(
                "run.gates",
                lease,
                (unit, run) -> parts.transitions().move(unit, run, RunMove.GATE, same -> same, Json.object()));
    }

    Approval ask(Lease lease, NewApproval question) {
        NewApproval clean = hub.redaction().clean(question);
        InputCheck check = new InputCheck();
        check.name("title", clean.title());
        check.json("payload", clean.payload());
        if (clean.kind() == ApprovalKind.START || clean.kind() == ApprovalKind.REVIEW) {
            check.problem("kind", "must be one that a worker may ask: tool, budget, publish, question or action");
        }
        check.done();
        return holding.held("run.ask", lease, (unit, run) -> {
            Optional<Approval> before = asked(unit, run, clean);
            if (before.isPresent()) {
                return before.get();
            }
            Run blocked = parts.transitions()
                    .move(unit, run, RunMove.INTERRUPT, same -> same, Json.object("kind", clean.kind()));
            ApprovalDesk.Question opened = new ApprovalDesk.Question(
                    clean.kind(), clean.risk(), clean.title(), clean.payload(), caller.name(), clean.expiresIn());
            return parts.approvals().open(unit, blocked, opened);
        });
    }

    /**
     * What the run was told when it asked for the very same before: nobody decides twice, also if an answer got lost or a later attempt
     * comes to the same place. A budget may be used up again and again; and what nobody answered may be asked again.
     */
    private static Optional<Approval> asked(StoreUnit unit, Run run, NewApproval question) {
        if (question.kind() == ApprovalKind.BUDGET) {
            return Optional.empty();
        }
        String hash = ApprovalDesk.hash(question.kind(), Subject.run(run.id()), question.payload());
        return unit.approvals().asked(run.id(), hash).filter(approval -> approval.status() != ApprovalStatus.EXPIRED);
    }

    ToolAnswer tool(Lease lease, ToolCall call) {
        ToolCall clean = hub.redaction().clean(call);
        InputCheck check = new InputCheck();
        check.name("tool", clean.tool());
        check.text("target", clean.target(), Limits.LINE);
        check.json("arguments", clean.arguments());
        check.done();
        return holding.held("run.tool", lease, (unit, run) -> parts.tools().ask(unit, run, clean, caller.name()));
    }

    CompletionStage<Appended> append(Lease lease, List<NewEvent> wanted) {
        try {
            List<NewEvent> accepted = events.accept(wanted);
            // In the unit that checks the lease, so that a worker that lost it leaves no trace.
            Appended appended = holding.held("run.append", lease, (unit, run) -> {
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

    long output(Lease lease, OutputStream stream, long offset, byte[] bytes) {
        holding.require(lease.workerId());
        Run run = lease.workerId().equals(RunCreation.EXTERNAL)
                ? holding.held("run.output", lease, (unit, same) -> same)
                : hub.store().read(view -> holding.held(view, lease));
        long size = parts.output().append(run, stream, offset, bytes);
        count(lease, run, bytes.length);
        return size;
    }

    /** Only a chunk that passes one of the marks is worth a unit of work; one that is sent again passes it again. */
    private void count(Lease lease, Run run, int length) {
        Long allowed = run.budget().outputBytes();
        if (allowed == null) {
            return;
        }
        long printed = parts.output().size(run);
        boolean warned = printed - length >= Metric.warning(allowed);
        if (printed >= Metric.warning(allowed) && !warned || printed > allowed && run.state() != RunState.BLOCKED) {
            Run unused = holding.held(
                    "run.printed", lease, (unit, held) -> parts.budgets().printed(unit, held, printed));
        }
    }

    Artifact keep(Lease lease, NewArtifact artifact, byte[] bytes) {
        holding.require(lease.workerId());
        NewArtifact clean = hub.redaction().clean(artifact);
        check(clean, bytes);
        Run run = hub.store().read(view -> holding.held(view, lease));
        byte[] redacted = parts.files().redact(bytes);
        ArtifactId id = new ArtifactId(hub.ids().next("art"));
        parts.files().write(run.id(), id, redacted);
        try {
            return holding.held("run.artifact", lease, (unit, holder) -> {
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

    Run use(Lease lease, Usage used) {
        InputCheck check = new InputCheck();
        check(check, "used", used);
        check.done();
        return holding.held("run.use", lease, (unit, run) -> {
            Run after = parts.transitions().change(unit, run, same -> UsageReports.add(same, run, used));
            return parts.budgets()
                    .used(unit, List.of(new RunBudgets.Used(run, after, used, true)))
                    .get(0);
        });
    }

    static void check(InputCheck check, String field, Usage used) {
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
            check.range(field, figure, 0, Long.MAX_VALUE >> 8);
        }
    }
}
