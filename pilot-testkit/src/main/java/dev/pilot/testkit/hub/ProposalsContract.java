package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.Conflict;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.ActionId;
import dev.pilot.api.project.ActionKind;
import dev.pilot.api.project.ActionOutcome;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.UpdateProject;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.PageRequest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Actions of a caller who may only propose: they become approvals, and are applied when these are approved. */
public abstract class ProposalsContract extends HubContract {
    /** For subclasses. */
    protected ProposalsContract() {}

    private ApplyAction.Builder progress(Project project, int progress) {
        return ApplyAction.builder(project.id(), ActionKind.SET_PROGRESS)
                .params(Json.object("progress", progress))
                .id(new ActionId(unique("act")));
    }

    private ActionOutcome propose(ApplyAction action) {
        return fixture().proposing().projects().apply(List.of(action)).get(0).get();
    }

    private static Approval proposal(ActionOutcome outcome) {
        return Objects.requireNonNull(outcome.proposal(), "no proposal");
    }

    private Project now(Project project) {
        return pilot().projects().get(project.id());
    }

    @Test
    void nothingChangesBeforeSomebodyHasApproved() {
        Project project = project();
        ApplyAction action = progress(project, 40).build();

        ActionOutcome outcome = propose(action);

        assertThat(outcome.changed()).isFalse();
        assertThat(outcome.replayed()).isFalse();
        assertThat(outcome.project()).isEqualTo(project);
        assertThat(now(project)).isEqualTo(project);
        Approval asked = proposal(outcome);
        assertThat(asked.kind()).isEqualTo(ApprovalKind.ACTION);
        assertThat(asked.status()).isEqualTo(ApprovalStatus.PENDING);
        assertThat(asked.subject()).isEqualTo(Subject.project(project.id()));
        assertThat(asked.askedBy()).isEqualTo("proposer");
        assertThat(pilot().approvals().get(asked.id())).isEqualTo(asked);

        Approval decided = pilot().approvals().decide(asked.id(), Decision.approve());

        assertThat(decided.effectAt()).isNotNull();
        assertThat(now(project).progress()).isEqualTo(40);
        List<Event> applied = events(new EventFilter(Subject.project(project.id()), null, null, "action"));
        assertThat(applied).extracting(Event::title).containsExactly("proposed set-progress", "set-progress");
        assertThat(applied.get(1).data().text("caller")).isEqualTo("proposer");
    }

    @Test
    void aRejectedOneChangesNothing() {
        Project project = project();
        Approval asked = proposal(propose(progress(project, 40).build()));

        pilot().approvals().decide(asked.id(), Decision.reject("no"));

        assertThat(now(project)).isEqualTo(project);
    }

    @Test
    void anEditedOneIsAppliedAsEdited() {
        Project project = project();
        Approval asked = proposal(propose(progress(project, 40).build()));

        pilot().approvals()
                .decide(asked.id(), Decision.edit(Json.object("params", Json.object("progress", 30)), "less"));

        assertThat(now(project).progress()).isEqualTo(30);
    }

    @Test
    void whatWasGuardedIsNotAppliedToSomethingElse() {
        Project project = project();
        Approval asked = proposal(
                propose(progress(project, 40).ifUpdatedAt(project.updatedAt()).build()));
        Project meanwhile = pilot().projects()
                .update(
                        project.id(),
                        UpdateProject.builder().notes(Edit.set("new")).build());

        Conflict conflict =
                refused(Conflict.class, "conflict", () -> pilot().approvals().decide(asked.id(), Decision.approve()));

        assertThat(conflict.current()).isEqualTo(meanwhile);
        assertThat(now(project)).isEqualTo(meanwhile);
        assertThat(pilot().approvals().get(asked.id())).isEqualTo(asked);
        pilot().approvals().decide(asked.id(), Decision.reject("too late"));
    }

    @Test
    void theSameProposalTwiceIsOne() {
        Project project = project();
        ApplyAction action = progress(project, 40).build();
        Approval first = proposal(propose(action));

        ActionOutcome again = propose(action);

        assertThat(again.replayed()).isTrue();
        assertThat(proposal(again)).isEqualTo(first);
        refused(
                AlreadyExists.class,
                () -> propose(
                        action.toBuilder().params(Json.object("progress", 41)).build()));
        pilot().approvals().decide(first.id(), Decision.approve());
        assertThat(proposal(propose(action)).status()).isEqualTo(ApprovalStatus.APPROVED);
        assertThat(now(project).progress()).isEqualTo(40);
    }

    @Test
    void whatCouldNotBeAppliedIsNotProposed() {
        Project project = project();
        refused(InvalidInput.class, () -> propose(progress(project, 101).build()));
        refused(
                Conflict.class,
                () -> propose(progress(project, 1)
                        .ifUpdatedAt(project.updatedAt().minusSeconds(1))
                        .build()));
        ApprovalFilter ofProject =
                ApprovalFilter.builder().projectId(project.id()).build();
        assertThat(pilot().approvals().list(ofProject, PageRequest.first()).items())
                .isEmpty();
    }

    @Test
    void whoMayOnlyProposeDoesNothingElse() {
        Project project = project();
        Approval asked = proposal(propose(progress(project, 40).build()));
        refused(
                Forbidden.class,
                "proposes-only",
                () -> fixture().proposing().approvals().decide(asked.id(), Decision.approve()));
        refused(
                Forbidden.class,
                "proposes-only",
                () -> fixture().proposing().projects().create(CreateProject.named("mine")));
    }

    @Test
    void aDeletedProjectTakesItsProposalsAlong() {
        Project project = project();
        Approval asked = proposal(propose(progress(project, 40).build()));

        pilot().projects().delete(project.id());

        refused(NotFound.class, () -> pilot().approvals().get(asked.id()));
    }
}
