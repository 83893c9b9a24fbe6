package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.Scope;
import dev.pilot.api.error.Conflict;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.DecideApproval;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.InboxItem;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewApproval;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.Verdict;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
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

        Approval decided = pilot().approvals()
                .decide(
                        start.id(),
                        Decision.builder(Verdict.APPROVE).comment("go").build());
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
        NewApproval question = NewApproval.builder(ApprovalKind.TOOL, "May I delete?")
                .risk(Risk.HIGH)
                .payload(Json.object("tool", "rm", "arguments", List.of("-r", "x")))
                .build();
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
        invalid(
                "payload",
                () -> pilot().approvals()
                        .decide(id, Decision.builder(Verdict.EDIT).build()));
        assertThat(only(blocked).status()).isEqualTo(ApprovalStatus.PENDING);

        Json.Obj payload = Json.object("colours", List.of("green"));
        Approval edited = pilot().approvals()
                .decide(
                        id,
                        Decision.builder(Verdict.EDIT)
                                .comment("greener")
                                .payload(payload)
                                .build());
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
        ApprovalFilter inbox = ApprovalFilter.builder()
                .status(ApprovalStatus.PENDING)
                .projectId(project)
                .build();
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
        assertThat(ids(ApprovalFilter.builder()
                        .status(ApprovalStatus.APPROVED)
                        .projectId(project)
                        .build()))
                .containsExactly(only(proposed).id());
        assertThat(ids(ApprovalFilter.builder()
                        .kind(ApprovalKind.REVIEW)
                        .projectId(project)
                        .build()))
                .containsExactly(only(review).id());
        assertThat(ids(ApprovalFilter.builder()
                        .status(ApprovalStatus.PENDING)
                        .kind(ApprovalKind.START)
                        .projectId(project)
                        .build()))
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

    @Test
    void aDecisionOfSomethingElseIsRefused() {
        Run blocked = stage().in(RunState.BLOCKED);
        Approval asked = only(blocked);
        Decision ofOther =
                Decision.builder(Verdict.APPROVE).hash("00".repeat(32)).build();
        Conflict error = refused(
                Conflict.class, "payload-changed", () -> pilot().approvals().decide(asked.id(), ofOther));
        assertThat(error.current()).isEqualTo(asked);

        Decision ofThis = Decision.builder(Verdict.APPROVE).hash(asked.hash()).build();
        assertThat(pilot().approvals().decide(asked.id(), ofThis).status()).isEqualTo(ApprovalStatus.APPROVED);
    }

    @Test
    void aStartAndAReviewAreTakenAsTheyAre() {
        for (RunState state : List.of(RunState.PROPOSED, RunState.REVIEW)) {
            Run run = stage().in(state);
            Approval asked = only(run);
            invalid(
                    "verdict",
                    () -> pilot().approvals().decide(asked.id(), Decision.edit(Json.object("goal", "other"), null)));
            assertThat(only(run)).isEqualTo(asked);
            assertThat(pilot().runs().get(run.id()).state()).isEqualTo(state);
        }
    }

    @Test
    void theSameQuestionIsNotAskedTwice() {
        RunStage stage = stage();
        stage.queued();
        Lease lease = RunStage.leaseOf(stage.claim());
        Approval asked = pilot().work().ask(lease, RunStage.question(Risk.LOW));
        assertThat(pilot().work().ask(lease, RunStage.question(Risk.LOW))).isEqualTo(asked);

        Approval answered = pilot().approvals().decide(asked.id(), Decision.reject("neither"));
        assertThat(pilot().work().ask(lease, RunStage.question(Risk.LOW))).isEqualTo(answered);
        assertThat(pilot().runs().get(lease.runId()).state()).isEqualTo(RunState.RUNNING);

        Run again = pilot().work().release(List.of(lease)).get(0).get();
        Lease next = RunStage.leaseOf(stage.claimAgain(again));
        assertThat(pilot().work().ask(next, RunStage.question(Risk.LOW)))
                .as("a later attempt")
                .isEqualTo(answered);
        NewApproval other = RunStage.question(Risk.LOW).toBuilder()
                .payload(Json.object("colours", List.of("green")))
                .build();
        assertThat(pilot().work().ask(next, other).id()).isNotEqualTo(asked.id());
    }

    @Test
    void nobodyHavingDecidedInTimeIsANo() {
        RunStage stage = stage();
        Run proposed = stage.in(RunState.PROPOSED);
        stage.queued();
        Lease lease = RunStage.leaseOf(stage.claim());
        NewApproval quick = RunStage.question(Risk.LOW).toBuilder()
                .expiresIn(Duration.ofSeconds(10))
                .build();
        Approval asked = pilot().work().ask(lease, quick);
        assertThat(asked.expiresAt()).isEqualTo(asked.createdAt().plusSeconds(10));

        fixture().clock().advance(Duration.ofSeconds(11));
        eventually().until(() -> pilot().approvals().get(asked.id()).status() == ApprovalStatus.EXPIRED);

        assertThat(pilot().approvals().get(asked.id()).effectAt()).isNotNull();
        assertThat(pilot().runs().get(lease.runId()).state()).isEqualTo(RunState.RUNNING);
        refused(Conflict.class, "already-decided", () -> pilot().approvals().decide(asked.id(), Decision.approve()));
        assertThat(pilot().work().ask(lease, quick).id()).as("asked anew").isNotEqualTo(asked.id());

        assertThat(only(proposed).status()).isEqualTo(ApprovalStatus.PENDING);
        assertThat(only(proposed).expiresAt())
                .isEqualTo(only(proposed).createdAt().plus(Duration.ofDays(30)));
        fixture().clock().advance(Duration.ofDays(30));
        eventually().until(() -> only(proposed).status() == ApprovalStatus.EXPIRED);
        assertThat(pilot().runs().get(proposed.id()).state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void whoWaitsForADecisionIsToldAtOnce() {
        Run blocked = stage().in(RunState.BLOCKED);
        Approval asked = only(blocked);
        assertThat(done(pilot().approvals().await(asked.id(), Duration.ZERO))).isEqualTo(asked);
        assertThat(done(pilot().approvals().await(asked.id(), Duration.ofMillis(1))))
                .isEqualTo(asked);

        CompletionStage<Approval> waiting =
                fixture().as(Scope.WORKER).approvals().await(asked.id(), PATIENCE);
        Approval decided = pilot().approvals().decide(asked.id(), Decision.approve());

        assertThat(done(waiting)).isEqualTo(decided);
        assertThat(done(pilot().approvals().await(asked.id(), PATIENCE))).isEqualTo(decided);
        refused(NotFound.class, () -> done(pilot().approvals().await(new ApprovalId(unique("none")), PATIENCE)));
    }

    @Test
    void severalAreDecidedEachByItself() {
        RunStage stage = stage();
        Approval one = only(stage.in(RunState.PROPOSED));
        Approval two = only(stage.in(RunState.PROPOSED));
        List<ItemResult<Approval>> results = pilot().approvals()
                .decideAll(List.of(
                        new DecideApproval(one.id(), Decision.approve()),
                        new DecideApproval(one.id(), Decision.approve()),
                        new DecideApproval(two.id(), Decision.reject("no"))));

        assertThat(results.get(0).get().status()).isEqualTo(ApprovalStatus.APPROVED);
        refused(Conflict.class, results.get(1));
        assertThat(results.get(2).get().status()).isEqualTo(ApprovalStatus.REJECTED);
        invalid("decisions", () -> pilot().approvals().decideAll(List.of()));
    }

    @Test
    void theInboxSaysWhatWhyAndWhatThen() {
        RunStage stage = stage();
        Run review = stage.in(RunState.REVIEW);
        Run proposed = stage.in(RunState.PROPOSED);
        fixture().clock().advance(Duration.ofSeconds(5));
        ApprovalFilter ofProject =
                ApprovalFilter.builder().projectId(stage.project.id()).build();

        List<InboxItem> inbox = walk(1, page -> pilot().approvals().inbox(ofProject, page));

        assertThat(inbox).extracting(item -> item.approval().runId()).containsExactly(review.id(), proposed.id());
        assertThat(inbox).allSatisfy(item -> {
            assertThat(item.concerns()).contains(stage.project.name());
            assertThat(item.why()).isNotBlank();
            assertThat(item.effect()).startsWith("Yes ");
            assertThat(item.ageSeconds()).isBetween(5L, 600L);
        });
        pilot().approvals().decide(inbox.get(0).approval().id(), Decision.approve());
        assertThat(pilot().approvals().inbox(ofProject, PageRequest.first()).items())
                .extracting(item -> item.approval().runId())
                .containsExactly(proposed.id());
    }

    private Approval only(Run run) {
        List<Approval> all = pilot().approvals()
                .list(ApprovalFilter.builder().runId(run.id()).build(), PageRequest.first())
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
