package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.Conflict;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.ActionId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.project.ActionKind;
import dev.pilot.api.project.ActionOutcome;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.project.Priority;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.ProjectStatus;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a hub promises about semantic actions. */
public abstract class ActionsContract extends HubContract {
    /** For subclasses. */
    protected ActionsContract() {}

    @Test
    void eachKindOfActionDoesWhatItSays() {
        Project project = project();
        Task task =
                pilot().tasks().create(CreateTask.builder(project.id(), "task").build());
        assertThat(apply(project, ActionKind.SET_STATUS, "status", "in-progress")
                        .project()
                        .status())
                .isEqualTo(ProjectStatus.IN_PROGRESS);
        assertThat(apply(project, ActionKind.SET_PRIORITY, "priority", "urgent")
                        .project()
                        .priority())
                .isEqualTo(Priority.URGENT);
        assertThat(apply(project, ActionKind.SET_PROGRESS, "progress", 40)
                        .project()
                        .progress())
                .isEqualTo(40);
        assertThat(apply(project, ActionKind.BUMP_PROGRESS, "delta", 5)
                        .project()
                        .progress())
                .isEqualTo(45);
        assertThat(apply(project, ActionKind.ADD_TAG, "tag", "red").project().tags())
                .containsExactly("red");
        assertThat(apply(project, ActionKind.ADD_TAG, "tag", "blue").project().tags())
                .containsExactly("red", "blue");
        assertThat(apply(project, ActionKind.REMOVE_TAG, "tag", "red").project().tags())
                .containsExactly("blue");
        ActionOutcome last =
                apply(project, ActionKind.SET_TASK_STATUS, "taskId", task.id().value(), "status", "done");
        assertThat(last.changed()).isTrue();
        assertThat(pilot().tasks().get(task.id()).status()).isEqualTo(TaskStatus.DONE);
        assertThat(pilot().projects().get(project.id())).isEqualTo(last.project());
    }

    @Test
    void aNoteIsRecordedAndWrittenToTheProjectOnlyIfAsked() {
        Project project = project();
        ActionOutcome recorded = apply(project, ActionKind.APPEND_NOTE, "note", "first note");
        assertThat(recorded.project().notes()).isEmpty();
        assertThat(recorded.event().toString()).contains("first note");
        Project one = apply(project, ActionKind.APPEND_NOTE, "note", "second note", "alsoWriteToProjectNotes", true)
                .project();
        assertThat(one.notes()).contains("second note").doesNotContain("first note");
        Project two = apply(project, ActionKind.APPEND_NOTE, "note", "third note", "alsoWriteToProjectNotes", true)
                .project();
        assertThat(two.notes()).containsSubsequence("second note", "third note");
    }

    @ParameterizedTest
    @CsvSource({"0,-5,0", "0,5,5", "95,5,100", "95,6,100", "100,1,100", "50,-60,0", "50,1000000,100"})
    void aBumpStaysWithinZeroAndAHundred(int from, int delta, int to) {
        Project project = project();
        apply(project, ActionKind.SET_PROGRESS, "progress", from);
        assertThat(apply(project, ActionKind.BUMP_PROGRESS, "delta", delta)
                        .project()
                        .progress())
                .isEqualTo(to);
    }

    @Test
    void anActionWritesOneEventWithWhatWasBeforeAndAfter() {
        Project project = project();
        ActionId id = new ActionId(unique("action"));
        ApplyAction action = ApplyAction.builder(project.id(), ActionKind.SET_PROGRESS)
                .params(Json.object("progress", 30))
                .id(id)
                .runId(new RunId(unique("run")))
                .build();
        ActionOutcome outcome = apply(action).get();

        assertThat(outcome.id()).isEqualTo(id);
        assertThat(outcome.changed()).isTrue();
        assertThat(outcome.replayed()).isFalse();
        assertThat(outcome.project().updatedAt()).isAfter(project.updatedAt());
        Event event = outcome.event();
        assertThat(event.data().text("id")).isEqualTo(id.value());
        assertThat(event.type()).isEqualTo("action");
        assertThat(event.subject()).isEqualTo(Subject.project(project.id()));
        assertThat(event.runId()).isEqualTo(action.runId());
        assertThat(event.data().text("type")).isEqualTo("set-progress");
        assertThat(event.data().get("params")).isEqualTo(action.params());
        assertThat(member(event, "before").number("progress", -1)).isZero();
        assertThat(member(event, "after").number("progress", -1)).isEqualTo(30);
        assertThat(member(event, "before").text("status")).isEqualTo("planning");
        assertThat(member(event, "after").get("tags")).isEqualTo(Json.of(List.of()));
        assertThat(actions(project)).containsExactly(event);
    }

    @Test
    void theSameActionTwiceIsAppliedOnce() {
        Project project = project();
        ApplyAction bump = ApplyAction.builder(project.id(), ActionKind.BUMP_PROGRESS)
                .params(Json.object("delta", 5))
                .id(new ActionId(unique("action")))
                .build();
        ActionOutcome first = apply(bump).get();
        apply(project, ActionKind.ADD_TAG, "tag", "meanwhile");
        ActionOutcome second = apply(bump).get();

        assertThat(second.replayed()).isTrue();
        assertThat(second.event()).isEqualTo(first.event());
        assertThat(second.project())
                .as("as it is now")
                .isEqualTo(pilot().projects().get(project.id()));
        assertThat(second.project().progress()).isEqualTo(5);
        assertThat(actions(project)).hasSize(2);
        List<ItemResult<ActionOutcome>> both = pilot().projects()
                .apply(List.of(
                        bump.toBuilder().id(new ActionId(unique("action"))).build(), bump));
        assertThat(both).extracting(answer -> answer.get().replayed()).containsExactly(false, true);
        assertThat(pilot().projects().get(project.id()).progress()).isEqualTo(10);
    }

    @Test
    void theSameIdWithOtherContentIsRefused() {
        Project project = project();
        ApplyAction bump = ApplyAction.builder(project.id(), ActionKind.BUMP_PROGRESS)
                .params(Json.object("delta", 5))
                .id(new ActionId(unique("action")))
                .build();
        apply(bump);
        refused(
                AlreadyExists.class,
                apply(bump.toBuilder().params(Json.object("delta", 6)).build()));
        refused(
                AlreadyExists.class,
                apply(bump.toBuilder().projectId(project().id()).build()));
        assertThat(pilot().projects().get(project.id()).progress()).isEqualTo(5);
    }

    @Test
    void anActionThatChangesNothingIsRecordedAllTheSame() {
        Project project = project();
        ActionOutcome outcome = apply(project, ActionKind.SET_STATUS, "status", "planning");
        assertThat(outcome.changed()).isFalse();
        assertThat(outcome.project()).isEqualTo(project);
        assertThat(apply(project, ActionKind.REMOVE_TAG, "tag", "none").changed())
                .isFalse();
        assertThat(actions(project)).hasSize(2);
    }

    @Test
    void recordOnlyWritesTheEventAndNothingElse() {
        Project project = project();
        ActionOutcome outcome = apply(ApplyAction.builder(project.id(), ActionKind.SET_PROGRESS)
                        .params(Json.object("progress", 80))
                        .recordOnly(true)
                        .build())
                .get();
        assertThat(outcome.changed()).isFalse();
        assertThat(outcome.project()).isEqualTo(project);
        assertThat(outcome.event().data().get("recordOnly")).isEqualTo(Json.of(true));
        assertThat(pilot().projects().get(project.id())).isEqualTo(project);
        assertThat(actions(project)).containsExactly(outcome.event());
    }

    @Test
    void anActionOnAStaleVersionIsAConflictAndLeavesNoTrace() {
        Project project = project();
        apply(project, ActionKind.ADD_TAG, "tag", "new");
        Project now = pilot().projects().get(project.id());
        ApplyAction stale = ApplyAction.builder(project.id(), ActionKind.BUMP_PROGRESS)
                .params(Json.object("delta", 5))
                .id(new ActionId(unique("action")))
                .ifUpdatedAt(project.updatedAt())
                .build();
        assertThat(refused(Conflict.class, apply(stale)).current()).isEqualTo(now);
        assertThat(pilot().projects().get(project.id())).isEqualTo(now);
        assertThat(actions(project)).hasSize(1);
        assertThat(apply(stale.toBuilder().ifUpdatedAt(now.updatedAt()).build())
                        .get()
                        .changed())
                .as("the refused one's id is free")
                .isTrue();
    }

    @Test
    void actionsAreAppliedInOrderAndOneBadOneHarmsNoOther() {
        Project project = project();
        List<ItemResult<ActionOutcome>> answers = pilot().projects()
                .apply(List.of(
                        action(project.id(), ActionKind.SET_PROGRESS, Json.object("progress", 10)),
                        action(project.id(), ActionKind.SET_PROGRESS, Json.object("progress", 101)),
                        action(new ProjectId(unique("unknown")), ActionKind.ADD_TAG, Json.object("tag", "x")),
                        action(project.id(), ActionKind.BUMP_PROGRESS, Json.object("delta", 1))));
        assertThat(answers.get(0).get().project().progress()).isEqualTo(10);
        refused(InvalidInput.class, answers.get(1));
        assertThat(((ItemResult.Refused<?>) answers.get(2)).error())
                .isInstanceOfAny(NotFound.class, InvalidInput.class);
        assertThat(answers.get(3).get().project().progress()).isEqualTo(11);
        assertThat(actions(project)).hasSize(2);
    }

    static List<Arguments> wrongParams() {
        return List.of(
                Arguments.of(ActionKind.SET_STATUS, Json.object()),
                Arguments.of(ActionKind.SET_STATUS, Json.object("status", "no such status")),
                Arguments.of(ActionKind.SET_STATUS, Json.object("status", 1)),
                Arguments.of(ActionKind.SET_PRIORITY, Json.object("priority", "no such priority")),
                Arguments.of(ActionKind.SET_PROGRESS, Json.object()),
                Arguments.of(ActionKind.SET_PROGRESS, Json.object("progress", -1)),
                Arguments.of(ActionKind.SET_PROGRESS, Json.object("progress", 101)),
                Arguments.of(ActionKind.SET_PROGRESS, Json.object("progress", "10")),
                Arguments.of(ActionKind.BUMP_PROGRESS, Json.object("delta", "much")),
                Arguments.of(ActionKind.BUMP_PROGRESS, Json.object()),
                Arguments.of(ActionKind.APPEND_NOTE, Json.object()),
                Arguments.of(ActionKind.ADD_TAG, Json.object("tag", "")),
                Arguments.of(ActionKind.ADD_TAG, Json.object("tag", "t".repeat(65))),
                Arguments.of(ActionKind.SET_TASK_STATUS, Json.object("taskId", "no-such-task", "status", "done")),
                Arguments.of(ActionKind.SET_TASK_STATUS, Json.object("status", "done")));
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("wrongParams")
    void wrongParamsAreRefusedAndLeaveNoTrace(ActionKind kind, Json.Obj params) {
        Project project = project();
        InvalidInput error = refused(InvalidInput.class, apply(action(project.id(), kind, params)));
        assertThat(error.fields()).isNotEmpty();
        assertThat(pilot().projects().get(project.id())).isEqualTo(project);
        assertThat(actions(project)).isEmpty();
    }

    @Test
    void aTaskOfAnotherProjectIsOutOfReach() {
        Project project = project();
        Task elsewhere = pilot().tasks()
                .create(CreateTask.builder(project().id(), "elsewhere").build());
        refused(
                InvalidInput.class,
                apply(action(
                        project.id(),
                        ActionKind.SET_TASK_STATUS,
                        Json.object("taskId", elsewhere.id().value(), "status", "done"))));
        assertThat(pilot().tasks().get(elsewhere.id())).isEqualTo(elsewhere);
    }

    private static ApplyAction action(ProjectId project, ActionKind kind, Json.Obj params) {
        return ApplyAction.builder(project, kind).params(params).build();
    }

    private ItemResult<ActionOutcome> apply(ApplyAction action) {
        return pilot().projects().apply(List.of(action)).get(0);
    }

    private ActionOutcome apply(Project project, ActionKind kind, String name, Object value, Object... more) {
        return apply(action(project.id(), kind, Json.object(name, value, more))).get();
    }

    private List<Event> actions(Project project) {
        return events(new EventFilter(Subject.project(project.id()), null, null, "action"));
    }

    private static Json.Obj member(Event event, String name) {
        return (Json.Obj) java.util.Objects.requireNonNull(event.data().get(name));
    }
}
