package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.error.Conflict;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewApproval;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.Verdict;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.PageRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a hub promises about decisions and the inbox. */
public abstract class ApprovalsContract extends HubContract {
    /** For subclasses. */
    protected ApprovalsContract() {}

    @Test
    void aRunThatNeedsApprovalAsksForItsStart() {
        Run run = stage().in(RunState.PROPOSED);
        Approval start = only(run);
        assertThat(start.id().value()).startsWith("apr_");
        assertThat(start.kind()).isEqualTo(ApprovalKind.START);
        assertThat(start.status()).isEqualTo(ApprovalStatus.PENDING);
        assertThat(start.subject()).isEqualTo(Subject.run(run.id()));
        assertThat(start.runId()).isEqualTo(run.id());
        assertThat(start.projectId()).isEqualTo(run.projectId());
        assertThat(start.decidedBy()).isNull();
        assertThat(start.decidedAt()).isNull();
        assertThat(pilot().approvals().get(start.id())).isEqualTo(start);

        Approval decided = pilot().approvals().decide(start.id(), new Decision(Verdict.APPROVE, "go", null, false));
        assertThat(decided.status()).isEqualTo(ApprovalStatus.APPROVED);
        assertThat(decided.comment()).isEqualTo("go");
        assertThat(decided.decidedBy()).isNotNull();
        assertThat(decided.decidedAt()).isAfterOrEqualTo(start.createdAt());
        assertThat(decided.effectAt()).as("in effect").isNotNull();
        assertThat(pilot().runs().get(run.id()).state()).isEqualTo(RunState.QUEUED);
    }

    @Test
    void approvingTheRunDecidesItsStartApproval() {
        Run run = stage().in(RunState.PROPOSED);
        pilot().runs().approve(run.id(), "fine");
        Approval start = only(run);
        assertThat(start.status()).isEqualTo(ApprovalStatus.APPROVED);
        assertThat(start.comment()).isEqualTo("fine");
        refused(Conflict.class, "already-decided", () -> pilot().approvals().decide(start.id(), Decision.reject(null)));
    }

    @Test
    void aReviewCanBeDecidedInTheInboxAllTheThreeWays() {
        Run accepted = stage().in(RunState.REVIEW);
        assertThat(only(accepted).kind()).isEqualTo(ApprovalKind.REVIEW);
        pilot().approvals().decide(only(accepted).id(), Decision.approve());
        assertThat(pilot().runs().get(accepted.id()).state()).isEqualTo(RunState.SUCCEEDED);

        Run rejected = stage().in(RunState.REVIEW);
        pilot().approvals().decide(only(rejected).id(), Decision.reject("no"));
        assertThat(pilot().runs().get(rejected.id()).state()).isEqualTo(RunState.FAILED);

        Run again = stage().in(RunState.REVIEW);
        pilot().approvals().decide(only(again).id(), Decision.again("smaller"));
        assertThat(pilot().runs().get(again.id()).state()).isEqualTo(RunState.QUEUED);
        assertThat(pilot().runs().get(again.id()).feedback()).isEqualTo("smaller");
    }

    @Test
    void acceptingTheRunDecidesItsReview() {
        Run review = stage().in(RunState.REVIEW);
        pilot().runs().accept(review.id(), "nice");
        assertThat(only(review).status()).isEqualTo(ApprovalStatus.APPROVED);
        assertThat(only(review).comment()).isEqualTo("nice");
    }

    @Test
    void aWorkersQuestionIsKeptAsAsked() {
        RunStage stage = stage();
        stage.queued();
        Lease lease = RunStage.leaseOf(stage.claim());
        NewApproval question = new NewApproval(
                ApprovalKind.TOOL,
                "May I delete?",
                Risk.HIGH,
                Json.object("tool", "rm", "arguments", List.of("-r", "x")));
        Approval asked = pilot().work().ask(lease, question);
        assertThat(asked.kind()).isEqualTo(ApprovalKind.TOOL);
        assertThat(asked.title()).isEqualTo("May I delete?");
        assertThat(asked.risk()).isEqualTo(Risk.HIGH);
        assertThat(asked.payload()).isEqualTo(question.payload());
        assertThat(asked.attempt()).isEqualTo(1);
        assertThat(asked.runId()).isEqualTo(lease.runId());
        assertThat(pilot().approvals().get(asked.id())).isEqualTo(asked);
    }

    @Test
    void aRejectedQuestionIsAnAnswerToo() {
        Run blocked = stage().in(RunState.BLOCKED);
        Approval rejected = pilot().approvals().decide(only(blocked).id(), Decision.reject("no colour"));
        assertThat(rejected.status()).isEqualTo(ApprovalStatus.REJECTED);
        assertThat(rejected.comment()).isEqualTo("no colour");
        Run resumed = pilot().runs().get(blocked.id());
        assertThat(resumed.state()).isEqualTo(RunState.RUNNING);
        assertThat(resumed.lease()).as("its worker holds it still").isNotNull();
    }

    @Test
    void anEditedAnswerCarriesTheOtherPayload() {
        Run blocked = stage().in(RunState.BLOCKED);
        ApprovalId id = only(blocked).id();
        invalid("payload", () -> pilot().approvals().decide(id, new Decision(Verdict.EDIT, null, null, false)));
        assertThat(only(blocked).status()).isEqualTo(ApprovalStatus.PENDING);

        Json.Obj payload = Json.object("colours", List.of("green"));
        Approval edited = pilot().approvals().decide(id, new Decision(Verdict.EDIT, "greener", payload, false));
        assertThat(edited.status()).isEqualTo(ApprovalStatus.EDITED);
        assertThat(edited.edited()).isEqualTo(payload);
        assertThat(pilot().runs().get(blocked.id()).state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void decidingTwiceIsAConflictThatCarriesTheApproval() {
        Run blocked = stage().in(RunState.BLOCKED);
        Approval decided = pilot().approvals().decide(only(blocked).id(), Decision.approve());
        List<Event> events = events(EventFilter.of(blocked.id()));
        Conflict error = refused(
                Conflict.class, "already-decided", () -> pilot().approvals().decide(decided.id(), Decision.approve()));
        assertThat(error.entity()).isEqualTo("approval");
        assertThat(error.id()).isEqualTo(decided.id().value());
        assertThat(error.current()).isEqualTo(decided);
        assertThat(events(EventFilter.of(blocked.id()))).isEqualTo(events);
    }

    @Test
    void cancellingARunExpiresWhatItWaitsFor() {
        for (RunState state : List.of(RunState.PROPOSED, RunState.BLOCKED, RunState.REVIEW)) {
            Run run = stage().in(state);
            pilot().runs().cancel(run.id(), null);
            Approval expired = only(run);
            assertThat(expired.status()).as(state.wire()).isEqualTo(ApprovalStatus.EXPIRED);
            refused(
                    Conflict.class,
                    "already-decided",
                    () -> pilot().approvals().decide(expired.id(), Decision.approve()));
            assertThat(pilot().runs().get(run.id()).state()).isEqualTo(RunState.CANCELLED);
        }
    }

    @Test
    void theInboxHasTheRiskiestFirstThenTheOldest() {
        RunStage stage = stage();
        List<Approval> asked = new ArrayList<>();
        for (Risk risk : List.of(Risk.LOW, Risk.HIGH, Risk.MEDIUM, Risk.HIGH, Risk.LOW)) {
            stage.queued();
            asked.add(pilot().work().ask(RunStage.leaseOf(stage.claim()), RunStage.question(risk)));
        }
        List<ApprovalId> expected = List.of(
                asked.get(1).id(),
                asked.get(3).id(),
                asked.get(2).id(),
                asked.get(0).id(),
                asked.get(4).id());
        ProjectId project = stage.project.id();
        ApprovalFilter inbox = new ApprovalFilter(ApprovalStatus.PENDING, null, null, project);
        assertThat(walk(2, page -> pilot().approvals().list(inbox, page)))
                .extracting(Approval::id)
                .isEqualTo(expected);
        List<Approval> everybodys =
                walk(PageRequest.MAX_LIMIT, page -> pilot().approvals().list(ApprovalFilter.PENDING, page));
        assertThat(everybodys).extracting(Approval::id).containsSubsequence(expected);
        assertThat(everybodys).extracting(Approval::status).containsOnly(ApprovalStatus.PENDING);

        pilot().approvals().decide(expected.get(0), Decision.approve());
        assertThat(pilot().approvals().list(inbox, PageRequest.first()).items())
                .extracting(Approval::id)
                .isEqualTo(expected.subList(1, 5));
    }

    @Test
    void approvalsAreFilteredByStatusAndKind() {
        RunStage stage = stage();
        Run proposed = stage.in(RunState.PROPOSED);
        pilot().runs().approve(proposed.id(), null);
        pilot().runs().cancel(proposed.id(), null);
        Run review = stage.in(RunState.REVIEW);
        ProjectId project = stage.project.id();
        assertThat(ids(new ApprovalFilter(ApprovalStatus.APPROVED, null, null, project)))
                .containsExactly(only(proposed).id());
        assertThat(ids(new ApprovalFilter(null, ApprovalKind.REVIEW, null, project)))
                .containsExactly(only(review).id());
        assertThat(ids(new ApprovalFilter(ApprovalStatus.PENDING, ApprovalKind.START, null, project)))
                .isEmpty();
    }

    @Test
    void askingAndDecidingAreEvents() {
        Run blocked = stage().in(RunState.BLOCKED);
        Approval asked = only(blocked);
        pilot().approvals().decide(asked.id(), Decision.approve());
        List<Event> events = events(new EventFilter(null, blocked.id(), null, "approval"));
        assertThat(events).extracting(event -> event.data().text("status")).containsExactly("pending", "approved");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.data().text("approvalId")).isEqualTo(asked.id().value());
            assertThat(event.data().text("kind")).isEqualTo("question");
        });
    }

    @Test
    void anUnknownApprovalIsNotFound() {
        ApprovalId unknown = new ApprovalId(unique("unknown"));
        assertThat(refused(NotFound.class, () -> pilot().approvals().get(unknown))
                        .entity())
                .isEqualTo("approval");
        refused(NotFound.class, () -> pilot().approvals().decide(unknown, Decision.approve()));
    }

    private Approval only(Run run) {
        List<Approval> all = pilot().approvals()
                .list(new ApprovalFilter(null, null, run.id(), null), PageRequest.first())
                .items();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private List<ApprovalId> ids(ApprovalFilter filter) {
        return pilot().approvals().list(filter, PageRequest.first()).items().stream()
                .map(Approval::id)
                .toList();
    }
}
