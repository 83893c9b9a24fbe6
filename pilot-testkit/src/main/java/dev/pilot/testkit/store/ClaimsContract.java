package dev.pilot.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.store.ActiveRuns;
import dev.pilot.api.store.ClaimFilter;
import dev.pilot.api.store.QueuedProject;
import dev.pilot.api.store.StoreView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which queued runs a worker may claim. */
abstract class ClaimsContract extends StoreStage {
    private static final Instant NOW = Samples.at(1_000);
    private static final ProjectId ONE = new ProjectId("prj_1");
    private static final ClaimFilter ANY = claim(Set.of(), Set.of(RunnerKind.PROCESS));

    @BeforeEach
    void aProject() {
        write(unit -> unit.projects().create(Samples.project("prj_1")));
    }

    private static ClaimFilter claim(Set<String> labels, Set<RunnerKind> runners) {
        return ClaimFilter.of(labels, runners);
    }

    private static Run.Builder queued(String id) {
        return Samples.run(id, "prj_1").toBuilder();
    }

    private void given(Run.Builder... runs) {
        write(unit -> Stream.of(runs).forEach(run -> unit.runs().create(run.build())));
    }

    private List<String> claimable(ClaimFilter request) {
        return claimable(request, NOW, 100);
    }

    private List<String> claimable(ClaimFilter request, Instant now, int limit) {
        List<Run> all = read((StoreView view) -> view.runs().claimable(request, List.of(ONE), now, limit));
        return all.stream().map(run -> run.id().value()).toList();
    }

    @Test
    void theLowestPriorityNumberGoesFirstThenTheOldestThenTheId() {
        given(
                queued("run_late").priority(1).createdAt(Samples.at(9)),
                queued("run_b").priority(1),
                queued("run_a").priority(1),
                queued("run_low").priority(2),
                queued("run_urgent").priority(-1).createdAt(Samples.at(99)));

        assertThat(claimable(ANY)).containsExactly("run_urgent", "run_a", "run_b", "run_late", "run_low");
        assertThat(claimable(ANY, NOW, 2)).containsExactly("run_urgent", "run_a");
    }

    @Test
    void onlyQueuedRunsAre() {
        given(Stream.of(RunState.values())
                .map(state -> queued("run_" + state).state(state))
                .toArray(Run.Builder[]::new));

        assertThat(claimable(ANY)).containsExactly("run_QUEUED");
    }

    @Test
    void aRunWaitsForItsTime() {
        given(queued("run_1").notBefore(NOW));

        assertThat(claimable(ANY, NOW.minus(1, ChronoUnit.MICROS), 9)).isEmpty();
        assertThat(claimable(ANY, NOW, 9)).containsExactly("run_1");
    }

    @Test
    void aRunWaitsForWhatItsTaskDependsOn() {
        write(unit -> {
            unit.tasks().create(Samples.task("tsk_1", "prj_1"));
            unit.tasks()
                    .create(Samples.task("tsk_2", "prj_1").toBuilder()
                            .dependsOn(List.of(new TaskId("tsk_1")))
                            .build());
        });
        given(queued("run_2").taskId(new TaskId("tsk_2")));
        assertThat(claimable(ANY)).isEmpty();

        write(unit -> unit.tasks()
                .update(
                        Samples.task("tsk_1", "prj_1").toBuilder()
                                .status(TaskStatus.DONE)
                                .build(),
                        Samples.T0));
        assertThat(claimable(ANY)).containsExactly("run_2");
    }

    @Test
    void aWorkerNeedsAllOfARunsLabels() {
        given(
                queued("run_any"),
                queued("run_gpu").labels(Set.of("gpu")),
                queued("run_both").labels(Set.of("gpu", "linux")),
                queued("run_odd").labels(Set.of("it's, \"odd\" <a>")));

        assertThat(claimable(ANY)).containsExactly("run_any");
        assertThat(claimable(claim(Set.of("gpu", "other"), Set.of(RunnerKind.PROCESS))))
                .containsExactly("run_any", "run_gpu");
        assertThat(claimable(claim(Set.of("gpu", "linux"), Set.of(RunnerKind.PROCESS))))
                .containsExactly("run_any", "run_both", "run_gpu");
        assertThat(claimable(claim(Set.of("it's, \"odd\" <a>"), Set.of(RunnerKind.PROCESS))))
                .containsExactly("run_any", "run_odd");
        assertThat(claimable(claim(Set.of("GPU"), Set.of(RunnerKind.PROCESS)))).containsExactly("run_any");
    }

    @Test
    void aWorkerNeedsTheRunner() {
        given(
                queued("run_agent")
                        .profile(RunProfile.builder().runner(RunnerKind.AGENT).build()),
                queued("run_process"),
                queued("run_remote")
                        .profile(RunProfile.builder().runner(RunnerKind.REMOTE).build()));

        assertThat(claimable(ANY)).containsExactly("run_process");
        assertThat(claimable(claim(Set.of(), Set.of(RunnerKind.AGENT, RunnerKind.REMOTE))))
                .containsExactly("run_agent", "run_remote");
        assertThat(claimable(claim(Set.of(), Set.of()))).isEmpty();
    }

    @Test
    void whatNoQuotaHasRoomForIsLeftOut() {
        given(
                queued("run_any"),
                queued("run_repo").repoId(new RepoId("rep_1")),
                queued("run_model").profile(RunProfile.builder().provider("glm").build()),
                queued("run_tools")
                        .profile(RunProfile.builder()
                                .tools(List.of("bash", "edit", "bash"))
                                .build()));

        assertThat(claimable(ANY)).containsExactly("run_any", "run_model", "run_repo", "run_tools");
        assertThat(claimable(shut(Set.of("rep_1"), Set.of(), Set.of())))
                .containsExactly("run_any", "run_model", "run_tools");
        assertThat(claimable(shut(Set.of("rep_2"), Set.of("glm", "other"), Set.of())))
                .containsExactly("run_any", "run_repo", "run_tools");
        assertThat(claimable(shut(Set.of(), Set.of(), Set.of("edit", "web"))))
                .containsExactly("run_any", "run_model", "run_repo");
        assertThat(claimable(shut(Set.of("rep_1"), Set.of("glm"), Set.of("bash"))))
                .containsExactly("run_any");
    }

    private static ClaimFilter shut(Set<String> repos, Set<String> providers, Set<String> tools) {
        Set<RepoId> ids = repos.stream().map(RepoId::new).collect(Collectors.toSet());
        return new ClaimFilter(Set.of(), Set.of(RunnerKind.PROCESS), ids, providers, tools, ClaimFilter.Spent.NONE);
    }

    @Test
    void eachProjectsQueueIsItsOwn() {
        write(unit -> {
            for (int i = 2; i <= 250; i++) {
                unit.projects().create(Samples.project("prj_" + i));
                unit.runs()
                        .create(Samples.run("run_" + i, "prj_" + i).toBuilder()
                                .priority(i)
                                .build());
            }
            unit.runs().create(queued("run_a").priority(3).build());
            unit.runs().create(queued("run_b").priority(2).build());
            unit.runs()
                    .create(queued("run_c")
                            .priority(1)
                            .state(RunState.SUCCEEDED)
                            .build());
        });

        List<QueuedProject> queued = read((StoreView view) -> view.runs().queued());
        assertThat(queued)
                .hasSize(250)
                .isSortedAccordingTo(
                        Comparator.comparing(project -> project.projectId().value()))
                .contains(new QueuedProject(ONE, 2), new QueuedProject(new ProjectId("prj_250"), 250));
        List<Run> two = read((StoreView view) ->
                view.runs().claimable(ANY, List.of(ONE, new ProjectId("prj_7"), new ProjectId("prj_none")), NOW, 1));
        assertThat(two).extracting(run -> run.id().value()).containsExactlyInAnyOrder("run_b", "run_7");
        List<Run> all = read((StoreView view) -> view.runs()
                .claimable(ANY, queued.stream().map(QueuedProject::projectId).toList(), NOW, 5));
        assertThat(all).hasSize(251);
    }

    @Test
    void whatHoldsALeaseIsCounted() {
        write(unit -> {
            unit.projects().create(Samples.project("prj_2"));
            unit.runs().create(Samples.leased("run_1", "prj_1", "wrk_1", 1, NOW));
            unit.runs().create(Samples.leased("run_2", "prj_1", "wrk_2", 1, NOW));
            unit.runs()
                    .create(Samples.leased("run_3", "prj_1", "wrk_2", 1, NOW).toBuilder()
                            .repoId(new RepoId("rep_1"))
                            .profile(RunProfile.builder()
                                    .provider("glm")
                                    .tools(List.of("bash", "edit"))
                                    .build())
                            .build());
            unit.runs()
                    .create(Samples.leased("run_4", "prj_2", "wrk_2", 1, NOW).toBuilder()
                            .profile(RunProfile.builder().tools(List.of("edit")).build())
                            .build());
            unit.runs()
                    .create(queued("run_5")
                            .profile(RunProfile.builder().tools(List.of("web")).build())
                            .build());
        });

        assertThat(read((StoreView view) -> view.runs().active()))
                .containsExactlyInAnyOrder(
                        new ActiveRuns(ONE, null, null, 2),
                        new ActiveRuns(ONE, new RepoId("rep_1"), "glm", 1),
                        new ActiveRuns(new ProjectId("prj_2"), null, null, 1));
        assertThat(read((StoreView view) -> view.runs().activeByTool())).isEqualTo(Map.of("bash", 1, "edit", 2));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void allRulesTogetherFindWhatTheyEachSay(long seed) {
        Random random = new Random(seed);
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            tasks.add(anyTask(random, i, tasks));
        }
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            runs.add(anyRun(random, i));
        }
        write(unit -> {
            tasks.forEach(unit.tasks()::create);
            runs.forEach(unit.runs()::create);
        });
        Map<TaskId, Task> byId = new HashMap<>();
        tasks.forEach(task -> byId.put(task.id(), task));

        for (int i = 0; i < 30; i++) {
            ClaimFilter request = claim(some(random, "gpu", "linux", "big"), anyRunners(random));
            Instant now = Samples.at(random.nextInt(40));
            int limit = 1 + random.nextInt(30);
            assertThat(claimable(request, now, limit))
                    .as("%s at %s", request, now)
                    .isEqualTo(runs.stream()
                            .filter(run -> fits(run, request, now, byId))
                            .sorted(Comparator.comparingInt(Run::priority)
                                    .thenComparing(Run::createdAt)
                                    .thenComparing(run -> run.id().value()))
                            .limit(limit)
                            .map(run -> run.id().value())
                            .toList());
        }
    }

    private static Task anyTask(Random random, int number, List<Task> before) {
        return Samples.task("tsk_" + number, "prj_1").toBuilder()
                .status(random.nextInt(3) == 0 ? TaskStatus.TODO : TaskStatus.DONE)
                .dependsOn(
                        before.isEmpty()
                                ? List.of()
                                : List.of(before.get(random.nextInt(before.size()))
                                        .id()))
                .build();
    }

    private static Run anyRun(Random random, int number) {
        return queued("run_" + number)
                .state(random.nextInt(4) == 0 ? RunState.SUCCEEDED : RunState.QUEUED)
                .priority(random.nextInt(4))
                .createdAt(Samples.at(random.nextInt(10)))
                .notBefore(random.nextInt(3) == 0 ? Samples.at(random.nextInt(40)) : null)
                .taskId(random.nextBoolean() ? new TaskId("tsk_" + random.nextInt(12)) : null)
                .labels(random.nextBoolean() ? Set.of() : some(random, "gpu", "linux", "big"))
                .profile(RunProfile.builder()
                        .runner(RunnerKind.values()[random.nextInt(3)])
                        .build())
                .build();
    }

    private static Set<String> some(Random random, String... all) {
        return Stream.of(all).filter(one -> random.nextBoolean()).collect(Collectors.toSet());
    }

    private static Set<RunnerKind> anyRunners(Random random) {
        return Stream.of(RunnerKind.values())
                .filter(kind -> random.nextBoolean())
                .collect(Collectors.toSet());
    }

    private static boolean fits(Run run, ClaimFilter request, Instant now, Map<TaskId, Task> tasks) {
        return run.state() == RunState.QUEUED
                && (run.notBefore() == null || !run.notBefore().isAfter(now))
                && request.labels().containsAll(run.labels())
                && request.runners().contains(run.profile().runner())
                && (run.taskId() == null
                        || tasks.get(run.taskId()).dependsOn().stream()
                                .allMatch(id -> tasks.get(id).status() == TaskStatus.DONE));
    }
}
