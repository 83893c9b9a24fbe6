package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.Conflict;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskEdge;
import dev.pilot.api.project.TaskFilter;
import dev.pilot.api.project.TaskGraph;
import dev.pilot.api.project.TaskNode;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.project.UpdateTask;
import dev.pilot.api.run.CreateAgent;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a hub promises about tasks and their graph. */
public abstract class TasksContract extends HubContract {
    /** For subclasses. */
    protected TasksContract() {}

    @Test
    void aNewTaskHasDefaultsForWhatWasNotSaid() {
        Project project = project();
        Task made =
                pilot().tasks().create(CreateTask.builder(project.id(), "title").build());

        assertThat(made.id().value()).startsWith("tsk_");
        assertThat(made.projectId()).isEqualTo(project.id());
        assertThat(made.status()).isEqualTo(TaskStatus.TODO);
        assertThat(made.priority()).isZero();
        assertThat(made.description()).isEmpty();
        assertThat(made.acceptance()).isEmpty();
        assertThat(made.role()).isNull();
        assertThat(made.dependsOn()).isEmpty();
        assertThat(made.assignee()).isNull();
    }

    @Test
    void everyFieldComesBackAsItWasGiven() {
        Project project = project();
        Task first = task(project, "first");
        AgentId agent =
                pilot().agents().create(CreateAgent.builder("agent").build()).id();
        CreateTask command = CreateTask.builder(project.id(), "title ü😀")
                .description("description")
                .acceptance(List.of("it works", "it is fast"))
                .status(TaskStatus.REVIEW)
                .priority(-3)
                .role("qa")
                .dependsOn(List.of(first.id(), first.id()))
                .assignee(agent)
                .id(new TaskId(unique("own")))
                .build();
        Task made = pilot().tasks().create(command);

        assertThat(made.id()).isEqualTo(command.id());
        assertThat(made.title()).isEqualTo("title ü😀");
        assertThat(made.description()).isEqualTo("description");
        assertThat(made.acceptance()).containsExactly("it works", "it is fast");
        assertThat(made.status()).isEqualTo(TaskStatus.REVIEW);
        assertThat(made.priority()).isEqualTo(-3);
        assertThat(made.role()).isEqualTo("qa");
        assertThat(made.dependsOn()).as("repeated ones are dropped").containsExactly(first.id());
        assertThat(made.assignee()).isEqualTo(agent);
        assertThat(pilot().tasks().get(made.id())).isEqualTo(made);
    }

    @Test
    void creatingAgainFindsAndOtherContentIsRefused() {
        CreateTask byId = CreateTask.builder(project().id(), "title")
                .id(new TaskId(unique("own")))
                .build();
        CreateTask byKey = CreateTask.builder(byId.projectId(), "title")
                .idempotencyKey(unique("key"))
                .build();
        for (CreateTask command : List.of(byId, byKey)) {
            Created<Task> first = pilot().tasks().createOrFind(command);
            assertThat(first.isNew()).isTrue();
            assertThat(pilot().tasks().createOrFind(command)).isEqualTo(new Created<>(first.value(), false));
            refused(
                    AlreadyExists.class,
                    "already-exists",
                    () -> pilot().tasks()
                            .create(command.toBuilder().title("other").build()));
        }
        assertThat(list(TaskFilter.of(byId.projectId()))).hasSize(2);
    }

    @Test
    void unknownReferencesAreRefusedByField() {
        Project project = project();
        Task elsewhere = task(project(), "elsewhere");
        CreateTask task = CreateTask.builder(project.id(), "title").build();

        invalid(
                "projectId",
                () -> pilot().tasks()
                        .create(task.toBuilder()
                                .projectId(new ProjectId(unique("unknown")))
                                .build()));
        invalid(
                "dependsOn",
                () -> pilot().tasks()
                        .create(task.toBuilder()
                                .dependsOn(List.of(new TaskId(unique("unknown"))))
                                .build()));
        invalid(
                "dependsOn",
                () -> pilot().tasks()
                        .create(task.toBuilder()
                                .dependsOn(List.of(elsewhere.id()))
                                .build()));
        invalid(
                "assignee",
                () -> pilot().tasks()
                        .create(task.toBuilder()
                                .assignee(new AgentId(unique("unknown")))
                                .build()));
        assertThat(list(TaskFilter.of(project.id()))).isEmpty();
    }

    @Test
    void aPatchKeepsClearsAndSets() {
        Project project = project();
        Task first = task(project, "first");
        Task made = pilot().tasks()
                .create(CreateTask.builder(project.id(), "title")
                        .description("description")
                        .role("qa")
                        .priority(4)
                        .dependsOn(List.of(first.id()))
                        .build());
        Task now = pilot().tasks()
                .update(
                        made.id(),
                        UpdateTask.builder()
                                .role(Edit.clear())
                                .dependsOn(Edit.clear())
                                .priority(Edit.clear())
                                .acceptance(Edit.set(List.of("a")))
                                .status(Edit.set(TaskStatus.DONE))
                                .position(Edit.set(99L))
                                .build());

        assertThat(now.role()).isNull();
        assertThat(now.dependsOn()).isEmpty();
        assertThat(now.priority()).isZero();
        assertThat(now.acceptance()).containsExactly("a");
        assertThat(now.status()).isEqualTo(TaskStatus.DONE);
        assertThat(now.position()).isEqualTo(99);
        assertThat(now.title()).isEqualTo("title");
        assertThat(now.description()).isEqualTo("description");
        assertThat(now.updatedAt()).isAfter(made.updatedAt());
        assertThat(pilot().tasks().get(made.id())).isEqualTo(now);
        invalid(
                "title",
                () -> pilot().tasks()
                        .update(
                                made.id(),
                                UpdateTask.builder().title(Edit.clear()).build()));
    }

    @Test
    void aPatchThatChangesNothingLeavesVersionAndLogAlone() {
        Task made = task(project(), "title");
        assertThat(pilot().tasks()
                        .update(
                                made.id(),
                                UpdateTask.builder().title(Edit.set("title")).build()))
                .isEqualTo(made);
        assertThat(types(made.id())).containsExactly("created");
    }

    @Test
    void staleUpdateIsAConflictThatCarriesTheTask() {
        Task made = task(project(), "title");
        Task now = pilot().tasks()
                .update(made.id(), UpdateTask.builder().priority(Edit.set(1)).build());
        Conflict error = refused(
                Conflict.class,
                "conflict",
                () -> pilot().tasks()
                        .update(
                                made.id(),
                                UpdateTask.builder()
                                        .priority(Edit.set(2))
                                        .ifUpdatedAt(made.updatedAt())
                                        .build()));
        assertThat(error.entity()).isEqualTo("task");
        assertThat(error.current()).isEqualTo(now);
        assertThat(error.currentUpdatedAt()).isEqualTo(now.updatedAt());
        assertThat(pilot().tasks().get(made.id())).isEqualTo(now);
    }

    @Test
    void anUnknownTaskIsNotFound() {
        TaskId unknown = new TaskId(unique("unknown"));
        assertThat(refused(NotFound.class, () -> pilot().tasks().get(unknown)).entity())
                .isEqualTo("task");
        refused(
                NotFound.class,
                () -> pilot().tasks().update(unknown, UpdateTask.builder().build()));
        refused(NotFound.class, () -> pilot().tasks().delete(unknown));
        refused(NotFound.class, () -> pilot().tasks().graph(new ProjectId(unique("unknown"))));
    }

    @Test
    void aTaskIsReadyOnceAllItDependsOnIsDone() {
        Project project = project();
        Task one = task(project, "one");
        Task two = task(project, "two");
        Task both = task(project, "both", one, two);

        assertThat(ready(project)).containsExactlyInAnyOrder(one.id(), two.id());
        set(one, TaskStatus.DONE);
        assertThat(ready(project)).containsExactly(two.id());
        set(two, TaskStatus.CANCELLED);
        assertThat(ready(project)).as("cancelled is not done").isEmpty();
        set(two, TaskStatus.DONE);
        assertThat(ready(project)).containsExactly(both.id());
        set(both, TaskStatus.IN_PROGRESS);
        assertThat(ready(project)).as("only what is to do is ready").isEmpty();
        set(both, TaskStatus.TODO);
        set(one, TaskStatus.TODO);
        assertThat(ready(project)).as("a dependency that was reopened").containsExactly(one.id());
        assertThat(list(new TaskFilter(project.id(), null, null, null, false)))
                .extracting(Task::id)
                .containsExactlyInAnyOrder(two.id(), both.id());
    }

    @Test
    void filtersAreJoinedByAnd() {
        Project project = project();
        AgentId agent =
                pilot().agents().create(CreateAgent.builder("agent").build()).id();
        Task one = pilot().tasks()
                .create(CreateTask.builder(project.id(), "1")
                        .role("qa")
                        .assignee(agent)
                        .build());
        Task two = pilot().tasks()
                .create(CreateTask.builder(project.id(), "2")
                        .role("qa")
                        .status(TaskStatus.DONE)
                        .build());

        assertThat(list(new TaskFilter(project.id(), null, "qa", null, null))).containsExactly(one, two);
        assertThat(list(new TaskFilter(project.id(), TaskStatus.DONE, "qa", null, null)))
                .containsExactly(two);
        assertThat(list(new TaskFilter(null, null, null, agent, null))).containsExactly(one);
        assertThat(list(new TaskFilter(project.id(), TaskStatus.DONE, null, agent, null)))
                .isEmpty();
    }

    @Test
    void walkingByCursorSeesEachTaskOnceInOrderWhileOthersAreMade() {
        Project project = project();
        List<TaskId> there = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            there.add(task(project, "task " + i).id());
        }
        List<TaskId> seen = walk(3, request -> {
                    Page<Task> page = pilot().tasks().list(TaskFilter.of(project.id()), request);
                    if (request.cursor() == null) {
                        task(project, "meanwhile");
                    }
                    return page;
                })
                .stream()
                .map(Task::id)
                .toList();
        assertThat(seen).doesNotHaveDuplicates().containsSubsequence(there);
    }

    @Test
    void aCircleIsRefusedAndNamed() {
        Project project = project();
        Task a = task(project, "a");
        Task b = task(project, "b", a);
        Task c = task(project, "c", b);

        InvalidInput error = refused(InvalidInput.class, "task-cycle", () -> depend(a, c));
        assertThat(error.getMessage()).containsPattern(circle(a.id(), b.id(), c.id()));
        assertThat(pilot().tasks().get(a.id())).isEqualTo(a);
        assertThat(types(a.id())).containsExactly("created");
        depend(c, a, b);
        assertThat(pilot().tasks().get(c.id()).dependsOn()).containsExactly(a.id(), b.id());
    }

    @Test
    void aTaskCannotDependOnItself() {
        Task a = task(project(), "a");
        InvalidInput error = refused(InvalidInput.class, "task-cycle", () -> depend(a, a));
        assertThat(error.getMessage()).contains(a.id() + " -> " + a.id());
        TaskId own = new TaskId(unique("own"));
        refused(
                InvalidInput.class,
                () -> pilot().tasks()
                        .create(CreateTask.builder(a.projectId(), "itself")
                                .id(own)
                                .dependsOn(List.of(own))
                                .build()));
        refused(NotFound.class, () -> pilot().tasks().get(own));
    }

    @Test
    void deletingATaskFreesWhatDependedOnIt() {
        Project project = project();
        Task a = task(project, "a");
        Task b = task(project, "b", a);
        pilot().tasks().delete(a.id());

        refused(NotFound.class, () -> pilot().tasks().get(a.id()));
        assertThat(pilot().tasks().get(b.id()).dependsOn()).isEmpty();
        assertThat(ready(project)).containsExactly(b.id());
        assertThat(types(a.id())).containsExactly("created", "deleted");
    }

    @Test
    void aTaskWithARunThatIsNotOverCannotBeDeletedAndItsRunsStay() {
        RunStage stage = stage();
        Task task = stage.task("task");
        Run run = pilot().runs().create(stage.runFor(task).build());
        refused(NotAllowed.class, () -> pilot().tasks().delete(task.id()));
        pilot().runs().cancel(run.id(), null);
        pilot().tasks().delete(task.id());
        assertThat(pilot().runs().get(run.id()).taskId()).isNull();
    }

    @Test
    void theGraphHasLevelsEdgesAndTheLongestChainOfWhatIsToDo() {
        Project project = project();
        Task a = task(project, "a");
        Task b = task(project, "b", a);
        Task c = task(project, "c", a);
        Task d = task(project, "d", b, c);
        Task urgent = pilot().tasks()
                .create(CreateTask.builder(project.id(), "urgent").priority(-1).build());
        TaskGraph graph = pilot().tasks().graph(project.id());

        assertThat(graph.projectId()).isEqualTo(project.id());
        assertThat(graph.nodes())
                .extracting(node -> node.task().title() + node.level())
                .as("by level, then priority, then age")
                .containsExactly("urgent0", "a0", "b1", "c1", "d2");
        assertThat(graph.edges())
                .containsExactlyInAnyOrder(
                        new TaskEdge(a.id(), b.id()),
                        new TaskEdge(a.id(), c.id()),
                        new TaskEdge(b.id(), d.id()),
                        new TaskEdge(c.id(), d.id()));
        assertThat(graph.criticalPath()).hasSize(3).startsWith(a.id()).endsWith(d.id());
        assertThat(node(graph, d).ready()).isFalse();
        assertThat(node(graph, d).waitingFor()).containsExactlyInAnyOrder(b.id(), c.id());
        assertThat(node(graph, urgent).ready()).isTrue();

        set(a, TaskStatus.DONE);
        set(b, TaskStatus.DONE);
        TaskGraph later = pilot().tasks().graph(project.id());
        assertThat(later.criticalPath()).containsExactly(c.id(), d.id());
        assertThat(node(later, d).waitingFor()).containsExactly(c.id());
        assertThat(node(later, c).ready()).isTrue();
    }

    @Test
    void aProjectWithoutTasksHasAnEmptyGraph() {
        Project project = project();
        assertThat(pilot().tasks().graph(project.id()))
                .isEqualTo(new TaskGraph(project.id(), List.of(), List.of(), List.of()));
    }

    private static String circle(TaskId... ids) {
        List<String> ways = new ArrayList<>();
        for (int turn = 0; turn < ids.length; turn++) {
            for (int step : new int[] {1, ids.length - 1}) {
                StringBuilder way = new StringBuilder(ids[turn].value());
                for (int i = 1; i <= ids.length; i++) {
                    way.append(" -> ").append(ids[(turn + i * step) % ids.length]);
                }
                ways.add(java.util.regex.Pattern.quote(way.toString()));
            }
        }
        return String.join("|", ways);
    }

    private Task task(Project project, String title, Task... dependsOn) {
        return pilot().tasks()
                .create(CreateTask.builder(project.id(), title)
                        .dependsOn(
                                java.util.Arrays.stream(dependsOn).map(Task::id).toList())
                        .build());
    }

    private void depend(Task task, Task... on) {
        pilot().tasks()
                .update(
                        task.id(),
                        UpdateTask.builder()
                                .dependsOn(Edit.set(java.util.Arrays.stream(on)
                                        .map(Task::id)
                                        .toList()))
                                .build());
    }

    private void set(Task task, TaskStatus status) {
        pilot().tasks()
                .update(task.id(), UpdateTask.builder().status(Edit.set(status)).build());
    }

    private List<Task> list(TaskFilter filter) {
        return pilot().tasks().list(filter, PageRequest.first()).items();
    }

    private List<TaskId> ready(Project project) {
        return list(new TaskFilter(project.id(), null, null, null, true)).stream()
                .map(Task::id)
                .toList();
    }

    private List<String> types(TaskId id) {
        return events(new EventFilter(Subject.task(id), null, null, null)).stream()
                .map(Event::type)
                .toList();
    }

    private static TaskNode node(TaskGraph graph, Task task) {
        return graph.nodes().stream()
                .filter(node -> node.task().id().equals(task.id()))
                .findFirst()
                .orElseThrow();
    }
}
