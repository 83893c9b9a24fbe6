package dev.pilot.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskFilter;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.PageRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks and what depends on what. */
abstract class TasksContract extends StoreStage {
    private static final ProjectId ONE = new ProjectId("prj_1");

    @BeforeEach
    void twoProjects() {
        write(unit -> {
            unit.projects().create(Samples.project("prj_1"));
            unit.projects().create(Samples.project("prj_2"));
        });
    }

    private static Task task(String id, long position, String... needed) {
        return Samples.task(id, "prj_1").toBuilder()
                .position(position)
                .dependsOn(List.of(needed).stream().map(TaskId::new).toList())
                .build();
    }

    private Task get(String id) {
        return read(view -> view.tasks().get(new TaskId(id)));
    }

    private List<String> ready() {
        return read(view -> view.tasks()
                        .list(new TaskFilter(ONE, null, null, null, true), firstPage())
                        .items())
                .stream()
                .map(task -> task.id().value())
                .toList();
    }

    private static PageRequest firstPage() {
        return PageRequest.first(100);
    }

    @Test
    void aTaskIsReadAsItWasWritten() {
        Task full = task("tsk_3", 3, "tsk_2", "tsk_1").toBuilder()
                .description("What is to be done")
                .acceptance(List.of("it works", "it is fast"))
                .status(TaskStatus.REVIEW)
                .priority(-5)
                .role("backend")
                .assignee(new AgentId("agt_1"))
                .build();
        write(unit -> {
            unit.tasks().create(task("tsk_1", 1));
            unit.tasks().create(task("tsk_2", 2));
            unit.tasks().create(full);
        });

        assertThat(get("tsk_3")).isEqualTo(full);
    }

    @Test
    void anUpdateReplacesWhatItDependsOn() {
        write(unit -> {
            unit.tasks().create(task("tsk_1", 1));
            unit.tasks().create(task("tsk_2", 2));
            unit.tasks().create(task("tsk_3", 3, "tsk_1"));
            unit.tasks().update(task("tsk_3", 9, "tsk_2"), Samples.T0);
        });

        assertThat(get("tsk_3")).isEqualTo(task("tsk_3", 9, "tsk_2"));
        assertThat(read((StoreView view) -> view.tasks().dependents(new TaskId("tsk_1"))))
                .isEmpty();
        assertThat(read((StoreView view) -> view.tasks().dependents(new TaskId("tsk_2"))))
                .containsExactly(task("tsk_3", 9, "tsk_2"));
    }

    @Test
    void aTaskIsReadyOnceAllItDependsOnIsDone() {
        write(unit -> {
            unit.tasks().create(task("tsk_1", 1));
            unit.tasks().create(task("tsk_2", 2));
            unit.tasks().create(task("tsk_3", 3, "tsk_1", "tsk_2"));
        });
        assertThat(ready()).containsExactly("tsk_1", "tsk_2");

        set("tsk_1", TaskStatus.DONE);
        assertThat(ready()).containsExactly("tsk_2");
        set("tsk_2", TaskStatus.CANCELLED);
        assertThat(ready()).isEmpty();
        set("tsk_2", TaskStatus.DONE);
        assertThat(ready()).containsExactly("tsk_3");
        set("tsk_3", TaskStatus.IN_PROGRESS);
        assertThat(ready()).isEmpty();
    }

    private void set(String id, TaskStatus status) {
        write(unit -> {
            Task task = unit.tasks().get(new TaskId(id));
            unit.tasks().update(task.toBuilder().status(status).build(), task.updatedAt());
        });
    }

    @Test
    void whatDependedOnADeletedTaskIsHeldUpNoMore() {
        write(unit -> {
            unit.tasks().create(task("tsk_1", 1));
            unit.tasks().create(task("tsk_2", 2, "tsk_1"));
            unit.tasks().delete(new TaskId("tsk_1"));
            unit.tasks().delete(new TaskId("tsk_1"));
        });

        assertThat(read((StoreView view) -> view.tasks().find(new TaskId("tsk_1"))))
                .isEmpty();
        assertThat(read((StoreView view) -> view.tasks().dependents(new TaskId("tsk_1"))))
                .isEmpty();
        assertThat(ready()).containsExactly("tsk_2");
    }

    @Test
    void aProjectsTasksComeByPosition() {
        write(unit -> {
            unit.tasks().create(task("tsk_c", 5));
            unit.tasks().create(task("tsk_a", 7));
            unit.tasks().create(task("tsk_b", 5));
            unit.tasks()
                    .create(Samples.task("tsk_other", "prj_2").toBuilder()
                            .position(99)
                            .build());
        });

        assertThat(read((StoreView view) -> view.tasks().of(ONE)))
                .extracting(task -> task.id().value())
                .containsExactly("tsk_b", "tsk_c", "tsk_a");
        assertThat(read((StoreView view) -> view.tasks().lastPosition(ONE))).isEqualTo(7);
        assertThat(read((StoreView view) -> view.tasks().lastPosition(new ProjectId("prj_none"))))
                .isZero();
        assertThat(read(StoreView::overview).tasks()).isEqualTo(Map.of("todo", 4L));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyFilterFindsWhatItSaysInOrder(long seed) {
        Random random = new Random(seed);
        List<Task> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.add(any(random, i, all));
        }
        write(unit -> all.forEach(unit.tasks()::create));
        Map<TaskId, Task> byId = new HashMap<>();
        all.forEach(task -> byId.put(task.id(), task));
        List<Task> ordered = all.stream()
                .sorted(Comparator.comparingLong(Task::position)
                        .thenComparing(task -> task.id().value()))
                .toList();

        for (int i = 0; i < 40; i++) {
            TaskFilter filter = anyFilter(random);
            int limit = 1 + random.nextInt(20);
            assertThat(walk(limit, page -> read(view -> view.tasks().list(filter, page))))
                    .as("%s, %s at a time", filter, limit)
                    .isEqualTo(ordered.stream()
                            .filter(task -> matches(filter, task, byId))
                            .toList());
        }
    }

    private static Task any(Random random, int number, List<Task> before) {
        return Samples.task("tsk_" + number, "prj_" + (1 + random.nextInt(2))).toBuilder()
                .position(random.nextInt(30))
                .status(TaskStatus.values()[random.nextInt(TaskStatus.values().length)])
                .role(random.nextBoolean() ? "role" + random.nextInt(2) : null)
                .assignee(random.nextBoolean() ? new AgentId("agt_" + random.nextInt(2)) : null)
                .dependsOn(
                        before.isEmpty() || random.nextBoolean()
                                ? List.of()
                                : IntStream.range(0, 3)
                                        .mapToObj(i -> before.get(random.nextInt(before.size()))
                                                .id())
                                        .distinct()
                                        .toList())
                .build();
    }

    private static TaskFilter anyFilter(Random random) {
        return new TaskFilter(
                random.nextInt(3) == 0 ? new ProjectId("prj_" + (1 + random.nextInt(3))) : null,
                random.nextInt(3) == 0 ? TaskStatus.values()[random.nextInt(5)] : null,
                random.nextInt(3) == 0 ? "role" + random.nextInt(3) : null,
                random.nextInt(3) == 0 ? new AgentId("agt_" + random.nextInt(3)) : null,
                random.nextInt(2) == 0 ? random.nextBoolean() : null);
    }

    private static boolean matches(TaskFilter filter, Task task, Map<TaskId, Task> byId) {
        boolean ready = task.status() == TaskStatus.TODO
                && task.dependsOn().stream().allMatch(id -> byId.get(id).status() == TaskStatus.DONE);
        return (filter.projectId() == null || filter.projectId().equals(task.projectId()))
                && (filter.status() == null || filter.status() == task.status())
                && (filter.role() == null || filter.role().equals(task.role()))
                && (filter.assignee() == null || filter.assignee().equals(task.assignee()))
                && (filter.ready() == null || filter.ready() == ready);
    }
}
