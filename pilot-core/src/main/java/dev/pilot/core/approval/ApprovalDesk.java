package dev.pilot.core.approval;

import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Json;
import dev.pilot.core.system.Fingerprint;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Journal;
import dev.pilot.core.system.Versions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes approvals and the events that tell of them. */
public final class ApprovalDesk {
    private final HubContext hub;
    private final Journal journal;

    /**
     * Makes it.
     *
     * @param hub what it stands on
     * @param journal writes events
     */
    public ApprovalDesk(HubContext hub, Journal journal) {
        this.hub = hub;
        this.journal = journal;
    }

    /**
     * What somebody is to decide.
     *
     * @param kind what is to be decided
     * @param risk what a wrong decision could cost
     * @param title the question in a few words
     * @param payload what exactly is to be approved, without secrets
     * @param askedBy who asks, or null for the hub itself
     * @param expiresIn after how long nobody having decided means no; null for as long as the hub keeps questions
     */
    public record Question(
            ApprovalKind kind,
            Risk risk,
            String title,
            Json.Obj payload,
            @Nullable String askedBy,
            @Nullable Duration expiresIn) {
        /**
         * A question of the hub's own.
         *
         * @param kind what is to be decided
         * @param risk what a wrong decision could cost
         * @param title the question in a few words
         * @param payload what exactly is to be approved
         */
        public Question(ApprovalKind kind, Risk risk, String title, Json.Obj payload) {
            this(kind, risk, title, payload, null, null);
        }
    }

    /**
     * Asks about a run, as far as its current attempt goes.
     *
     * @param unit the unit of work
     * @param run the run
     * @param question what is to be decided
     * @return the approval
     */
    public Approval open(StoreUnit unit, Run run, Question question) {
        return open(
                unit,
                approval(unit, Subject.run(run.id()), run.projectId(), question)
                        .runId(run.id())
                        .attempt(run.attempt()));
    }

    /**
     * Asks about something that is no run.
     *
     * @param unit the unit of work
     * @param id the approval's id
     * @param subject what it is about
     * @param projectId its project, or null
     * @param question what is to be decided
     * @return the approval
     */
    public Approval open(
            StoreUnit unit, ApprovalId id, Subject subject, @Nullable ProjectId projectId, Question question) {
        return open(unit, approval(unit, subject, projectId, question).id(id));
    }

    private Approval open(StoreUnit unit, Approval.Builder asked) {
        Approval approval = asked.build();
        unit.approvals().create(approval);
        tell(unit, approval);
        return approval;
    }

    private Approval.Builder approval(
            StoreUnit unit, Subject subject, @Nullable ProjectId projectId, Question question) {
        Duration longest = hub.config().approvalExpiry();
        Duration asked = question.expiresIn();
        Duration keep = asked == null || asked.compareTo(longest) > 0 ? longest : asked;
        return Approval.builder()
                .id(new ApprovalId(hub.ids().next("apr")))
                .subject(subject)
                .projectId(projectId)
                .kind(question.kind())
                .risk(question.risk())
                .title(question.title())
                .hash(hash(question.kind(), subject, question.payload()))
                .payload(question.payload())
                .status(ApprovalStatus.PENDING)
                .askedBy(question.askedBy())
                .expiresAt(unit.now().plus(keep))
                .createdAt(unit.now())
                .updatedAt(unit.now());
    }

    /**
     * What a decision is of: the same for the same question, and no other.
     *
     * @param kind what is to be decided
     * @param subject what it is about
     * @param payload what exactly is to be approved
     * @return 64 hex digits
     */
    public static String hash(ApprovalKind kind, Subject subject, Json.Obj payload) {
        Json.Obj whole = Json.object("kind", kind, "type", subject.type(), "id", subject.id(), "payload", payload);
        return Fingerprint.sha256(whole.canonical().toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A new state of an approval, which its event tells.
     *
     * @param unit the unit of work
     * @param before the approval as it is
     * @param change what changes
     * @return the approval after it
     */
    public Approval update(StoreUnit unit, Approval before, UnaryOperator<Approval.Builder> change) {
        Approval after = change.apply(before.toBuilder())
                .updatedAt(Versions.next(unit, before.updatedAt()))
                .build();
        unit.approvals().update(after, before.updatedAt());
        if (after.status() != before.status()) {
            tell(unit, after);
        }
        return after;
    }

    /**
     * Ends what is asked about a run: there is nothing left to decide.
     *
     * @param unit the unit of work
     * @param run the run
     */
    public void expire(StoreUnit unit, Run run) {
        for (Approval pending : unit.approvals().pendingOf(run.id())) {
            update(
                    unit,
                    pending,
                    approval -> approval.status(ApprovalStatus.EXPIRED).effectAt(unit.now()));
        }
    }

    /**
     * Ends an approval, unless it has been decided already.
     *
     * @param unit the unit of work
     * @param id the approval
     */
    public void expire(StoreUnit unit, ApprovalId id) {
        Approval approval = unit.approvals().get(id);
        if (approval.status() == ApprovalStatus.PENDING) {
            Approval unused = update(
                    unit,
                    approval,
                    pending -> pending.status(ApprovalStatus.EXPIRED).effectAt(unit.now()));
        }
    }

    private void tell(StoreUnit unit, Approval approval) {
        journal.write(
                unit,
                journal.build(
                                approval.subject(),
                                approval.projectId(),
                                approval.runId(),
                                "approval",
                                approval.kind().wire() + " " + approval.status().wire(),
                                Json.object(
                                        "approvalId", approval.id().value(),
                                        "kind", approval.kind(),
                                        "status", approval.status(),
                                        "risk", approval.risk(),
                                        "decidedBy", approval.decidedBy()))
                        .message(approval.title())
                        .build());
    }
}
