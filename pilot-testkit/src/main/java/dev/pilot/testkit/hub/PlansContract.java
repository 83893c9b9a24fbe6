package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.Scope;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.project.Plan;
import dev.pilot.api.project.PlanChange;
import dev.pilot.api.project.PlanTask;
import dev.pilot.api.project.PlannedTask;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskFilter;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.project.UpdateTask;
import dev.pilot.api.run.CreateAgent;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.PageRequest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a hub promises about plans. */
public abstract class PlansContract extends HubContract {
    /** For subclasses. */
    protected PlansContract() {}

    @Test
    void theSamePlanTwiceMakesTheSameTasksOnce() {
        Project project = project();
        AgentId agent =
                pilot().agents().create(CreateAgent.builder("agent").build()).id();
        Plan plan = new Plan(List.of(
                PlanTask.builder("test", "Test it")
                        .dependsOn(List.of("build", "build"))
                        .build(),
                PlanTask.builder("build", "Build it")
                        .description("all of it")
                        .acceptance(List.of("it builds"))
                        .priority(2)
                        .role("backend")
                        .assignee(agent)
                        .build()));
        List<PlannedTask> first = pilot().tasks().importPlan(project.id(), plan);

        assertThat(first).extracting(PlannedTask::key).containsExactly("test", "build");
        assertThat(first).extracting(PlannedTask::change).containsOnly(PlanChange.CREATED);
        Task build = first.get(1).task();
        assertThat(build.title()).isEqualTo("Build it");
        assertThat(build.description()).isEqualTo("all of it");
        assertThat(build.acceptance()).containsExactly("it builds");
        assertThat(build.priority()).isEqualTo(2);
        assertThat(build.role()).isEqualTo("backend");
        assertThat(build.assignee()).isEqualTo(agent);
        assertThat(build.status()).isEqualTo(TaskStatus.TODO);
        assertThat(first.get(0).task().dependsOn()).containsExactly(build.id());
        assertThat(pilot().tasks().get(build.id())).isEqualTo(build);

        List<PlannedTask> second = pilot().tasks().importPlan(project.id(), plan);
        assertThat(second).extracting(PlannedTask::change).containsOnly(PlanChange.UNCHANGED);
        assertThat(second).extracting(PlannedTask::task).isEqualTo(tasks(first));
        assertThat(list(project)).isEqualTo(tasks(first));
        assertThat(events(new EventFilter(Subject.task(build.id()), null, null, null)))
                .hasSize(1);
    }

    @Test
    void idsFollowFromProjectAndKey() {
        Project project = project();
        Project other = project();
        Plan plan = new Plan(List.of(task("a")));
        TaskId id = pilot().tasks().importPlan(project.id(), plan).get(0).task().id();
        assertThat(id.value()).matches("tsk_[0-9a-f]{32}");
        assertThat(pilot().tasks().importPlan(other.id(), plan).get(0).task().id())
                .isNotEqualTo(id);
        pilot().tasks().delete(id);
        assertThat(pilot().tasks().importPlan(project.id(), plan).get(0).task().id())
                .isEqualTo(id);
    }

    @Test
    void aChangedPlanChangesWhatHasNotBeenBegun() {
        Project project = project();
        List<PlannedTask> first = pilot().tasks()
                .importPlan(project.id(), new Plan(List.of(task("a"), task("b", "a"), task("c"), task("dropped"))));
        TaskId begun = first.get(0).task().id();
        pilot().tasks()
                .update(
                        begun,
                        UpdateTask.builder()
                                .status(Edit.set(TaskStatus.IN_PROGRESS))
                                .build());
        Task before = pilot().tasks().get(begun);

        List<PlannedTask> second = pilot().tasks()
                .importPlan(
                        project.id(),
                        new Plan(List.of(
                                PlanTask.builder("a", "Another title").build(),
                                PlanTask.builder("b", "Other words")
                                        .dependsOn(List.of("c", "new"))
                                        .build(),
                                task("c"),
                                task("new"))));
        assertThat(second)
                .extracting(PlannedTask::change)
                .containsExactly(PlanChange.KEPT, PlanChange.UPDATED, PlanChange.UNCHANGED, PlanChange.CREATED);
        assertThat(second.get(0).task()).isEqualTo(before);
        assertThat(pilot().tasks().get(begun)).isEqualTo(before);
        Task updated = pilot().tasks().get(second.get(1).task().id());
        assertThat(updated).isEqualTo(second.get(1).task());
        assertThat(updated.title()).isEqualTo("Other words");
        assertThat(updated.dependsOn())
                .containsExactly(second.get(2).task().id(), second.get(3).task().id());
        assertThat(list(project)).as("what the plan dropped stays").hasSize(5);
    }

    @Test
    void aTaskWithARunIsKept() {
        RunStage stage = stage();
        List<PlannedTask> first = pilot().tasks().importPlan(stage.project.id(), new Plan(List.of(task("a"))));
        pilot().runs().create(stage.runFor(first.get(0).task()).build());
        assertThat(pilot().tasks()
                        .importPlan(
                                stage.project.id(),
                                new Plan(List.of(PlanTask.builder("a", "Else").build())))
                        .get(0)
                        .change())
                .isEqualTo(PlanChange.KEPT);
    }

    @Test
    void circlesAreRefusedNamingTheKeys() {
        Project project = project();
        InvalidInput circle = refused(
                InvalidInput.class,
                "task-cycle",
                () -> pilot().tasks()
                        .importPlan(
                                project.id(),
                                new Plan(List.of(task("free"), task("a", "c"), task("b", "a"), task("c", "b")))));
        assertThat(circle.getMessage()).containsPattern("(a -> c -> b -> a|c -> b -> a -> c|b -> a -> c -> b)");
        refused(
                InvalidInput.class,
                "task-cycle",
                () -> pilot().tasks().importPlan(project.id(), new Plan(List.of(task("self", "self")))));
        assertThat(list(project)).isEmpty();
    }

    @Test
    void aCircleThroughTasksOfOldIsRefusedToo() {
        Project project = project();
        List<PlannedTask> first = pilot().tasks().importPlan(project.id(), new Plan(List.of(task("a"), task("b"))));
        Task between = pilot().tasks()
                .create(CreateTask.builder(project.id(), "between")
                        .dependsOn(List.of(first.get(0).task().id()))
                        .build());
        pilot().tasks()
                .update(
                        first.get(1).task().id(),
                        UpdateTask.builder()
                                .dependsOn(Edit.set(List.of(between.id())))
                                .status(Edit.set(TaskStatus.IN_PROGRESS))
                                .build());
        InvalidInput circle = refused(
                InvalidInput.class,
                "task-cycle",
                () -> pilot().tasks().importPlan(project.id(), new Plan(List.of(task("a", "b"), task("b")))));
        assertThat(circle.getMessage()).contains(between.id().value());
    }

    @Test
    void wrongInputIsRefusedByFieldBeforeAnythingIsWritten() {
        Project project = project();
        invalid("tasks[1].dependsOn[0]", () -> importing(project, task("a"), task("b", "unknown")));
        invalid("tasks[1].key", () -> importing(project, task("a"), task("a")));
        invalid("tasks[0].key", () -> importing(project, task(" ")));
        invalid(
                "tasks[0].title",
                () -> importing(project, PlanTask.builder("a", " ").build()));
        invalid(
                "tasks[1].assignee",
                () -> importing(
                        project,
                        task("a"),
                        PlanTask.builder("b", "B")
                                .assignee(new AgentId(unique("unknown")))
                                .build()));
        invalid("tasks", () -> importing(project));
        invalid(
                "tasks",
                () -> importing(
                        project,
                        IntStream.range(0, 1_001).mapToObj(i -> task("k" + i)).toArray(PlanTask[]::new)));
        refused(
                NotFound.class,
                () -> pilot().tasks().importPlan(new ProjectId(unique("unknown")), new Plan(List.of(task("a")))));
        refused(
                Forbidden.class,
                () -> fixture().as(Scope.WORKER).tasks().importPlan(project.id(), new Plan(List.of(task("a")))));
        assertThat(list(project)).isEmpty();
    }

    @Test
    void secretsInAPlanAreRedacted() {
        Project project = project();
        Task made = pilot().tasks()
                .importPlan(
                        project.id(),
                        new Plan(List.of(PlanTask.builder("a", "A")
                                .description("use " + PilotFixture.KNOWN_SECRET)
                                .build())))
                .get(0)
                .task();
        assertThat(made.description()).doesNotContain(PilotFixture.KNOWN_SECRET);
    }

    private void importing(Project project, PlanTask... tasks) {
        pilot().tasks().importPlan(project.id(), new Plan(List.of(tasks)));
    }

    private static PlanTask task(String key, String... dependsOn) {
        return PlanTask.builder(key, "Task " + key)
                .dependsOn(List.of(dependsOn))
                .build();
    }

    private static List<Task> tasks(List<PlannedTask> planned) {
        return planned.stream().map(PlannedTask::task).toList();
    }

    private List<Task> list(Project project) {
        return pilot().tasks()
                .list(TaskFilter.of(project.id()), PageRequest.first(500))
                .items();
    }
}
