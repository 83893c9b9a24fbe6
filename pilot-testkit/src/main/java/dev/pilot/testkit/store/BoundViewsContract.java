package dev.pilot.testkit.store;

import static dev.pilot.testkit.store.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.ProjectFilter;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskFilter;
import dev.pilot.api.project.UsageKey;
import dev.pilot.api.project.UsageQuery;
import dev.pilot.api.project.UsageRow;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.Usage;
import dev.pilot.api.store.ClaimFilter;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.store.UsageEntry;
import dev.pilot.api.value.PageRequest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A view that is bound to projects has nothing of others. */
abstract class BoundViewsContract extends StoreStage {
    private static final int PROJECTS = 4;
    private static final int EACH = 5;

    /** Each project has the same, at the same times; of each five of a kind. */
    @BeforeEach
    void fill() {
        write(unit -> {
            for (int project = 0; project < PROJECTS; project++) {
                String id = "prj_" + project;
                unit.repos().create(Samples.repo("rep_" + project, "some/repo-" + project));
                unit.projects()
                        .create(Samples.project(id, project + 1).toBuilder()
                                .repoId(new RepoId("rep_" + project))
                                .build());
                for (int i = 0; i < EACH; i++) {
                    String run = "run_" + project + i;
                    unit.tasks()
                            .create(Samples.task("tsk_" + project + i, id).toBuilder()
                                    .position(i)
                                    .build());
                    unit.runs()
                            .create(Samples.run(run, id).toBuilder()
                                    .externalId("shared")
                                    .createdAt(Samples.at(i))
                                    .build());
                    unit.approvals()
                            .create(Samples.approval("apr_" + project + i, run).toBuilder()
                                    .projectId(new ProjectId(id))
                                    .createdAt(Samples.at(i))
                                    .build());
                    unit.artifacts().create(Samples.artifact("art_" + project + i, run, T0));
                    unit.events()
                            .append(List.of(Samples.event("evt_" + project + i).toBuilder()
                                    .projectId(new ProjectId(id))
                                    .build()));
                }
                unit.usage()
                        .add(List.of(new UsageEntry(
                                LocalDate.EPOCH,
                                new ProjectId(id),
                                null,
                                null,
                                null,
                                new Usage(0, project, 0, 0, 0, 0, 0, 0),
                                Usage.NONE)));
            }
            unit.events().append(List.of(Samples.event("evt_hub")));
        });
    }

    private <T> T within(Function<StoreView, T> work, int... projects) {
        Set<ProjectId> ids =
                Arrays.stream(projects).mapToObj(i -> new ProjectId("prj_" + i)).collect(Collectors.toSet());
        return read(view -> work.apply(view.within(ids)));
    }

    @Test
    void whatBelongsToOthersIsNotFound() {
        assertThat(within(view -> view.projects().find(new ProjectId("prj_1")), 0, 2))
                .isEmpty();
        assertThat(within(view -> view.tasks().find(new TaskId("tsk_10")), 0, 2))
                .isEmpty();
        assertThat(within(view -> view.runs().find(new RunId("run_10")), 0, 2)).isEmpty();
        assertThat(within(view -> view.approvals().find(new ApprovalId("apr_10")), 0, 2))
                .isEmpty();
        assertThat(within(view -> view.artifacts().find(new ArtifactId("art_10")), 0, 2))
                .isEmpty();
        assertThat(within(view -> view.artifacts().of(new RunId("run_10")), 0, 2))
                .isEmpty();
        assertThat(within(view -> view.repos().find(new RepoId("rep_1")), 0, 2)).isEmpty();
        assertThat(within(view -> view.runs().all(List.of(new RunId("run_10"), new RunId("run_20"))), 0, 2))
                .containsOnlyKeys(new RunId("run_20"));
        assertThat(within(view -> view.runs().find(new RunId("run_20")), 0, 2)).isPresent();
        assertThat(within(view -> view.artifacts().find(new ArtifactId("art_20")), 0, 2))
                .isPresent();
        assertThat(within(view -> view.repos().find(new RepoId("rep_2")), 0, 2)).isPresent();
    }

    @Test
    void listsOfSeveralAreInOrderPageByPage() {
        for (int limit : new int[] {1, 3, 4, 100}) {
            List<Run> runs = within(view -> walk(limit, page -> view.runs().list(RunFilter.ALL, page)), 1, 3);
            assertThat(runs).hasSize(2 * EACH).isEqualTo(of(runs(), "prj_1", "prj_3"));
            assertThat(within(view -> walk(limit, page -> view.tasks().list(TaskFilter.ALL, page)), 1, 3))
                    .extracting(Task::id)
                    .containsExactlyElementsOf(IntStream.range(0, EACH)
                            .boxed()
                            .flatMap(i -> List.of(new TaskId("tsk_1" + i), new TaskId("tsk_3" + i)).stream())
                            .toList());
            assertThat(within(view -> walk(limit, page -> view.approvals().list(ApprovalFilter.PENDING, page)), 1, 3))
                    .extracting(Approval::projectId)
                    .hasSize(2 * EACH)
                    .containsOnly(new ProjectId("prj_1"), new ProjectId("prj_3"));
        }
        assertThat(within(
                        view -> view.projects()
                                .list(ProjectFilter.ALL, PageRequest.first())
                                .items(),
                        1,
                        3))
                .extracting(Project::id)
                .containsExactly(new ProjectId("prj_1"), new ProjectId("prj_3"));
        assertThat(within(view -> view.repos().list(PageRequest.first()).items(), 1, 3))
                .hasSize(2);
    }

    private List<Run> runs() {
        return read(view -> walk(100, page -> view.runs().list(RunFilter.ALL, page)));
    }

    private static List<Run> of(List<Run> runs, String... projects) {
        return runs.stream()
                .filter(run -> List.of(projects).contains(run.projectId().value()))
                .toList();
    }

    @Test
    void aFilterNarrowsThemFurther() {
        assertThat(within(
                        view -> view.runs()
                                .list(RunFilter.of(new ProjectId("prj_3")), PageRequest.first())
                                .items(),
                        1,
                        3))
                .hasSize(EACH);
        assertThat(within(
                        view -> view.runs()
                                .list(RunFilter.of(new ProjectId("prj_2")), PageRequest.first())
                                .items(),
                        1,
                        3))
                .isEmpty();
        assertThat(within(
                        view -> view.events().after(0, new EventFilter(null, null, new ProjectId("prj_2"), null), 100),
                        1))
                .isEmpty();
    }

    @Test
    void manyProjectsAreManyListsToo() {
        int[] many = IntStream.range(1, 200).toArray();
        assertThat(within(view -> walk(4, page -> view.runs().list(RunFilter.ALL, page)), many))
                .isEqualTo(of(runs(), "prj_1", "prj_2", "prj_3"));
    }

    @Test
    void theNewestOfTheirsIsFoundByAnOutsideId() {
        assertThat(within(view -> view.runs().findByExternalId("shared"), 1))
                .hasValueSatisfying(run -> assertThat(run.id()).isEqualTo(new RunId("run_14")));
        assertThat(within(view -> view.runs().findByExternalId("shared"), 1, 2))
                .hasValueSatisfying(run -> assertThat(run.id()).isEqualTo(new RunId("run_24")));
    }

    @Test
    void eventsAreTheirsInTheirOrder() {
        for (int limit : new int[] {2, 100}) {
            List<Event> events = within(view -> view.events().after(0, EventFilter.ALL, limit), 0, 2);
            assertThat(events)
                    .extracting(event -> event.id().value())
                    .isEqualTo(List.of(
                                    "evt_00", "evt_01", "evt_02", "evt_03", "evt_04", "evt_20", "evt_21", "evt_22",
                                    "evt_23", "evt_24")
                            .subList(0, Math.min(limit, 10)));
        }
        long last = within(view -> view.events().last(), 0, 1);
        assertThat(within(view -> view.events().after(last, EventFilter.ALL, 10), 0, 1))
                .isEmpty();
        assertThat(within(view -> view.events().after(last - 1, EventFilter.ALL, 10), 0, 1))
                .hasSize(1);
        assertThat(read(view -> view.events().last())).isGreaterThan(last);
    }

    @Test
    void countsAndSumsAreOfTheirsOnly() {
        assertThat(within(view -> view.projects().stats(), 1, 3).projects()).isEqualTo(2);
        assertThat(within(view -> view.projects().stats(), 1, 3).runsByState()).containsEntry("QUEUED", 2L * EACH);
        assertThat(within(view -> view.overview(), 1).tasks()).containsEntry("todo", (long) EACH);
        assertThat(within(view -> view.overview(), 1).pendingApprovals()).isEqualTo(EACH);
        assertThat(within(view -> view.overview(), 1).repos()).isEqualTo(1);
        assertThat(within(view -> view.usage().sums(UsageQuery.of(UsageKey.PROJECT), 10), 2, 3))
                .extracting(UsageRow::project)
                .containsExactly("prj_2", "prj_3");
        assertThat(within(view -> view.usage().sums(UsageQuery.of(), 10), 2, 3))
                .extracting(row -> row.used().inputTokens())
                .containsExactly(5L);
    }

    @Test
    void aUnitSeesItsOwnWritesThroughIt() {
        write(unit -> {
            unit.tasks().create(Samples.task("tsk_new", "prj_1"));
            assertThat(unit.within(Set.of(new ProjectId("prj_1"))).tasks().find(new TaskId("tsk_new")))
                    .isPresent();
            assertThat(unit.within(Set.of(new ProjectId("prj_2"))).tasks().find(new TaskId("tsk_new")))
                    .isEmpty();
        });
    }

    @Test
    void oneThatIsBoundToNothingIsAMistake() {
        assertThatThrownBy(() -> within(view -> true)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWorkerThatIsBoundClaimsTheirsOnly() {
        ClaimFilter all = ClaimFilter.of(Set.of(), Set.of(RunnerKind.PROCESS));
        ClaimFilter some = new ClaimFilter(
                all.labels(),
                all.runners(),
                Set.of(new ProjectId("prj_1"), new ProjectId("prj_2")),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                ClaimFilter.Spent.NONE);
        assertThat(read(view -> view.runs().claimable(some, view.now(), 100))).hasSize(2 * EACH);
        assertThat(read(view -> view.runs()
                        .claimable(some, List.of(new ProjectId("prj_0"), new ProjectId("prj_1")), view.now(), 100)))
                .hasSize(EACH);
        assertThat(read(view -> view.runs().claimable(all, view.now(), 100))).hasSize(PROJECTS * EACH);
    }
}
