package dev.pilot.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.Attempt;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.Gate;
import dev.pilot.api.run.GateResult;
import dev.pilot.api.run.Link;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunClock;
import dev.pilot.api.run.RunError;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.Usage;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Json;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs, their attempts and their artifacts. */
abstract class RunsContract extends StoreStage {
    private static final RunId ONE = new RunId("run_1");

    @BeforeEach
    void twoProjects() {
        write(unit -> {
            unit.projects().create(Samples.project("prj_1"));
            unit.projects().create(Samples.project("prj_2"));
            unit.tasks().create(Samples.task("tsk_1", "prj_1"));
            unit.tasks().create(Samples.task("tsk_2", "prj_1"));
        });
    }

    @Test
    void aRunIsReadAsItWasWritten() {
        Run full = Samples.leased("run_1", "prj_1", "wrk_1", 2, Samples.at(30)).toBuilder()
                .taskId(new TaskId("tsk_1"))
                .agentId(new AgentId("agt_1"))
                .externalId("session 7")
                .repoId(new RepoId("rep_1"))
                .inputs(Json.object("z", new Json.Num("1.0"), "a", List.of("x")))
                .feedback("Again, please")
                .labels(Set.of("gpu", "linux"))
                .priority(-3)
                .policy(RunPolicy.builder()
                        .approval(true)
                        .gates(List.of(new Gate("test", List.of("make", "test"), Duration.ofSeconds(90))))
                        .build())
                .budget(new Budget(Duration.ofMinutes(5), 1_000L, 2_000L, null, null, null, null))
                .usage(new Usage(1, 2, 3, 4, 5, 6, 7, 8))
                .childUsage(new Usage(0, 1, 2, 3, 4, 0, 0, 0))
                .clock(new RunClock(1, 2, Samples.at(2), true))
                .failures(1)
                .branch("pilot/run_1-2")
                .baseCommit("aaaa")
                .headCommit("bbbb")
                .exitCode(0)
                .summary("Done")
                .error(new RunError("gate", "red"))
                .gates(List.of(
                        new GateResult("test", List.of("make", "test"), false, 2, Duration.ofMillis(1_234), "red")))
                .links(List.of(new Link("PR", "https://git.example/1")))
                .metrics(Json.object("score", new Json.Num("0.50")))
                .startedAt(Samples.at(1))
                .build();
        write(unit -> unit.runs().create(full));

        assertThat(read((StoreView view) -> view.runs().get(ONE))).isEqualTo(full);
    }

    @Test
    void runsAreWrittenInSets() {
        Run one = Samples.run("run_1", "prj_1").toBuilder()
                .labels(Set.of("a", "b"))
                .summary("it's \"so\", {really} \\ NULL ü😀")
                .build();
        Run two = Samples.leased("run_2", "prj_2", "wrk_1", 1, Samples.at(30));
        write(unit -> unit.runs().create(List.of(one, two)));

        assertThat(read((StoreView view) -> view.runs().all(List.of(one.id(), two.id()))))
                .isEqualTo(Map.of(one.id(), one, two.id(), two));
    }

    @Test
    void anUpdateReplacesARun() {
        write(unit -> unit.runs().create(Samples.leased("run_1", "prj_1", "wrk_1", 1, Samples.at(30))));
        Run over = Samples.run("run_1", "prj_1").toBuilder()
                .state(RunState.SUCCEEDED)
                .attempt(1)
                .finishedAt(Samples.at(9))
                .updatedAt(Samples.at(9))
                .build();
        write(unit -> unit.runs().update(over, Samples.T0));

        assertThat(read((StoreView view) -> view.runs().get(ONE))).isEqualTo(over);
        assertThat(read(StoreView::overview).runs()).isEqualTo(Map.of("SUCCEEDED", 1L));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyFilterFindsWhatItSaysNewestFirst(long seed) {
        Random random = new Random(seed);
        List<Run> all = IntStream.range(0, 60).mapToObj(i -> any(random, i)).toList();
        write(unit -> all.forEach(unit.runs()::create));
        List<Run> ordered = all.stream()
                .sorted(Comparator.comparing(Run::createdAt)
                        .thenComparing(run -> run.id().value())
                        .reversed())
                .toList();

        for (int i = 0; i < 40; i++) {
            RunFilter filter = anyFilter(random);
            int limit = 1 + random.nextInt(20);
            assertThat(walk(limit, page -> read(view -> view.runs().list(filter, page))))
                    .as("%s, %s at a time", filter, limit)
                    .isEqualTo(
                            ordered.stream().filter(run -> matches(filter, run)).toList());
        }
    }

    private static Run any(Random random, int number) {
        return Samples.run("run_" + number, "prj_" + (1 + random.nextInt(2))).toBuilder()
                .taskId(random.nextBoolean() ? new TaskId("tsk_" + (1 + random.nextInt(2))) : null)
                .agentId(random.nextBoolean() ? new AgentId("agt_" + random.nextInt(2)) : null)
                .externalId(random.nextBoolean() ? "ext " + random.nextInt(4) : null)
                .graphRunId(random.nextBoolean() ? new GraphRunId("grn_" + random.nextInt(2)) : null)
                .parentId(random.nextBoolean() ? new RunId("run_p" + random.nextInt(2)) : null)
                .state(RunState.values()[random.nextInt(RunState.values().length)])
                .createdAt(Samples.at(random.nextInt(20)))
                .build();
    }

    private static RunFilter anyFilter(Random random) {
        return RunFilter.builder()
                .projectId(random.nextInt(3) == 0 ? new ProjectId("prj_" + (1 + random.nextInt(3))) : null)
                .taskId(random.nextInt(3) == 0 ? new TaskId("tsk_" + (1 + random.nextInt(3))) : null)
                .agentId(random.nextInt(3) == 0 ? new AgentId("agt_" + random.nextInt(3)) : null)
                .graphRunId(random.nextInt(4) == 0 ? new GraphRunId("grn_" + random.nextInt(3)) : null)
                .parentId(random.nextInt(4) == 0 ? new RunId("run_p" + random.nextInt(3)) : null)
                .state(random.nextInt(3) == 0 ? RunState.values()[random.nextInt(9)] : null)
                .externalId(random.nextInt(4) == 0 ? "ext " + random.nextInt(5) : null)
                .build();
    }

    private static boolean matches(RunFilter filter, Run run) {
        return fits(filter.projectId(), run.projectId())
                && fits(filter.taskId(), run.taskId())
                && fits(filter.agentId(), run.agentId())
                && fits(filter.graphRunId(), run.graphRunId())
                && fits(filter.parentId(), run.parentId())
                && fits(filter.state(), run.state())
                && fits(filter.externalId(), run.externalId());
    }

    private static boolean fits(@Nullable Object wanted, @Nullable Object given) {
        return wanted == null || Objects.equals(wanted, given);
    }

    @Test
    void anExternalIdFindsItsNewestRun() {
        write(unit -> {
            unit.runs().create(external("run_1", 1));
            unit.runs().create(external("run_3", 3));
            unit.runs().create(external("run_2", 2));
        });

        assertThat(read((StoreView view) -> view.runs().findByExternalId("session")))
                .contains(external("run_3", 3));
        assertThat(read((StoreView view) -> view.runs().findByExternalId("Session")))
                .isEmpty();
    }

    private static Run external(String id, long second) {
        return Samples.run(id, "prj_1").toBuilder()
                .externalId("session")
                .createdAt(Samples.at(second))
                .build();
    }

    @Test
    void aTasksActiveRunsAreThoseNotOver() {
        write(unit -> {
            for (RunState state : RunState.values()) {
                unit.runs()
                        .create(Samples.run("run_" + state, "prj_1").toBuilder()
                                .taskId(new TaskId("tsk_1"))
                                .state(state)
                                .build());
            }
            unit.runs()
                    .create(Samples.run("run_other", "prj_1").toBuilder()
                            .taskId(new TaskId("tsk_2"))
                            .build());
        });

        assertThat(read((StoreView view) -> view.runs().activeOf(new TaskId("tsk_1"))))
                .hasSize(6)
                .allMatch(run -> !run.state().isFinal());
    }

    @Test
    void aDetachedRunHasNoTaskAndTheSameVersion() {
        Run run = Samples.run("run_1", "prj_1").toBuilder()
                .taskId(new TaskId("tsk_1"))
                .build();
        write(unit -> {
            unit.runs().create(run);
            unit.runs().detach(new TaskId("tsk_1"));
            unit.tasks().delete(new TaskId("tsk_1"));
        });

        assertThat(read((StoreView view) -> view.runs().get(ONE)))
                .isEqualTo(run.toBuilder().taskId(null).build());
        assertThat(read((StoreView view) -> view.runs().activeOf(new TaskId("tsk_1"))))
                .isEmpty();
        write(unit -> {
            Run read = unit.runs().get(ONE);
            unit.runs().update(read.toBuilder().summary("changed").build(), read.updatedAt());
        });
        assertThat(read((StoreView view) -> view.runs().get(ONE)).taskId()).isNull();
    }

    @Test
    void attemptsAreKeptByNumber() {
        Attempt over = Samples.attempt("run_1", 2).toBuilder()
                .branch("pilot/run_1-2")
                .outcome("failed")
                .exitCode(3)
                .error(new RunError("exit", "3"))
                .finishedAt(Samples.at(5))
                .build();
        write(unit -> {
            unit.runs().create(Samples.run("run_1", "prj_1"));
            unit.runs().create(Samples.run("run_2", "prj_1"));
            unit.runs().createAttempts(List.of(Samples.attempt("run_1", 2)));
            unit.runs().createAttempts(List.of(Samples.attempt("run_1", 10)));
            unit.runs().createAttempts(List.of(Samples.attempt("run_1", 1)));
            unit.runs().createAttempts(List.of(Samples.attempt("run_2", 1)));
            unit.runs().updateAttempts(List.of(over));
        });

        assertThat(read((StoreView view) -> view.runs().attempts(ONE)))
                .containsExactly(Samples.attempt("run_1", 1), over, Samples.attempt("run_1", 10));
        assertThat(read((StoreView view) -> view.runs().attempt(ONE, 2))).contains(over);
        assertThat(read((StoreView view) -> view.runs().attempt(ONE, 3))).isEmpty();
    }

    @Test
    void artifactsComeOldestFirst() {
        Artifact second = Samples.artifact("art_a", "run_1", Samples.at(2));
        Artifact first = Samples.artifact("art_b", "run_1", Samples.at(1));
        write(unit -> {
            unit.runs().create(Samples.run("run_1", "prj_1"));
            unit.artifacts().create(second);
            unit.artifacts().create(first);
        });

        assertThat(read((StoreView view) -> view.artifacts().of(ONE))).containsExactly(first, second);
        assertThat(read((StoreView view) -> view.artifacts().get(new ArtifactId("art_a"))))
                .isEqualTo(second);
        assertThat(read((StoreView view) -> view.artifacts().of(new RunId("run_none"))))
                .isEmpty();
    }

    @Test
    void aProjectsRunsAreDeletedWithAllThatHangsOnThem() {
        write(unit -> {
            for (String number : List.of("1", "2")) {
                unit.runs()
                        .create(Samples.run("run_" + number, "prj_" + number).toBuilder()
                                .labels(Set.of("gpu"))
                                .build());
                unit.runs().createAttempts(List.of(Samples.attempt("run_" + number, 1)));
                unit.approvals().create(Samples.approval("apr_" + number, "run_" + number));
                unit.artifacts().create(Samples.artifact("art_" + number, "run_" + number, Samples.T0));
            }
            unit.runs().deleteOf(new ProjectId("prj_1"));
        });

        assertThat(read((StoreView view) -> view.runs().find(ONE))).isEmpty();
        assertThat(read((StoreView view) -> view.runs().attempts(ONE))).isEmpty();
        assertThat(read((StoreView view) -> view.approvals().find(new ApprovalId("apr_1"))))
                .isEmpty();
        assertThat(read((StoreView view) -> view.artifacts().find(new ArtifactId("art_1"))))
                .isEmpty();
        assertThat(read((StoreView view) -> view.runs().attempts(new RunId("run_2"))))
                .hasSize(1);
        assertThat(read((StoreView view) -> view.approvals().find(new ApprovalId("apr_2"))))
                .isPresent();
        assertThat(read((StoreView view) -> view.artifacts().of(new RunId("run_2"))))
                .hasSize(1);
        write(unit -> unit.runs().create(Samples.run("run_1", "prj_1")));
    }
}
