package dev.pilot.core.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskGraph;
import dev.pilot.api.project.TaskNode;
import dev.pilot.api.project.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaskGraphsTest {
    private static final ProjectId PROJECT = new ProjectId("p");

    @Test
    void levelsReadinessAndCriticalPathFollowTheDependencies() {
        TaskGraph graph = TaskGraphs.of(
                PROJECT,
                List.of(
                        task("deploy", TaskStatus.TODO, "test", "build"),
                        task("test", TaskStatus.TODO, "build"),
                        task("build", TaskStatus.DONE),
                        task("docs", TaskStatus.TODO)));
        assertThat(graph.nodes())
                .extracting(node -> node.task().id().value() + node.level() + node.ready())
                .containsExactly("build0false", "docs0true", "test1true", "deploy2false");
        assertThat(graph.criticalPath()).containsExactly(new TaskId("test"), new TaskId("deploy"));
    }

    @Test
    void aCircleIsNamedFromEndToEnd() {
        List<Task> tasks =
                List.of(task("a", TaskStatus.TODO), task("b", TaskStatus.TODO, "a"), task("c", TaskStatus.TODO, "b"));
        assertThat(TaskGraphs.circleThrough(task("a", TaskStatus.TODO, "c"), tasks))
                .extracting(TaskId::value)
                .containsExactly("a", "c", "b", "a");
        assertThat(TaskGraphs.circleThrough(task("c", TaskStatus.TODO, "a"), tasks))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void inRandomGraphsEveryLevelIsAboveWhatItDependsOn(long seed) {
        Random random = new Random(seed);
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int self = i;
            String[] before = random.ints(random.nextInt(4), 0, Math.max(1, i))
                    .filter(j -> j < self)
                    .distinct()
                    .mapToObj(j -> "t" + j)
                    .toArray(String[]::new);
            tasks.add(task("t" + i, random.nextBoolean() ? TaskStatus.DONE : TaskStatus.TODO, before));
        }
        java.util.Collections.shuffle(tasks, random);
        TaskGraph graph = TaskGraphs.of(PROJECT, tasks);
        assertThat(graph.nodes()).hasSize(200);
        for (TaskNode node : graph.nodes()) {
            for (TaskId before : node.task().dependsOn()) {
                TaskNode needed = graph.nodes().stream()
                        .filter(n -> n.task().id().equals(before))
                        .findFirst()
                        .orElseThrow();
                assertThat(needed.level()).isLessThan(node.level());
                assertThat(node.waitingFor().contains(before))
                        .isEqualTo(needed.task().status() != TaskStatus.DONE);
            }
        }
    }

    static List<Long> seeds() {
        return IntStream.range(0, 20).mapToObj(Long::valueOf).toList();
    }

    @Test
    void aThousandTasksInAChainAreNoTrouble() {
        List<Task> tasks = IntStream.range(0, 1_000)
                .mapToObj(i -> i == 0 ? task("t0", TaskStatus.TODO) : task("t" + i, TaskStatus.TODO, "t" + (i - 1)))
                .toList();
        assertThat(TaskGraphs.of(PROJECT, tasks).criticalPath()).hasSize(1_000);
        assertThat(TaskGraphs.circleThrough(task("t0", TaskStatus.TODO, "t999"), tasks))
                .hasSize(1_001);
    }

    private static Task task(String id, TaskStatus status, String... dependsOn) {
        return Task.builder()
                .id(new TaskId(id))
                .projectId(PROJECT)
                .title(id)
                .status(status)
                .dependsOn(java.util.Arrays.stream(dependsOn).map(TaskId::new).toList())
                .createdAt(Instant.EPOCH)
                .updatedAt(Instant.EPOCH)
                .build();
    }
}
