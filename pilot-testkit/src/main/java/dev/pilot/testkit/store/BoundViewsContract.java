package dev.pilot.testkit.store;

import static dev.pilot.testkit.store.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.EventId;
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
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.run.Usage;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.store.UsageEntry;
import dev.pilot.api.value.PageRequest;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    private void within(List<Integer> projects, Consumer<StoreView> look) {
        Set<ProjectId> ids =
                projects.stream().map(i -> new ProjectId("prj_" + i)).collect(Collectors.toSet());
        boolean unused = read(view -> {
            look.accept(view.within(ids));
            return true;
        });
    }

    @Test
    void whatBelongsToOthersIsNotFound() {
        within(List.of(0, 2), view -> {
            assertThat(view.projects().find(new ProjectId("prj_1"))).isEmpty();
            assertThat(view.tasks().find(new TaskId("tsk_10"))).isEmpty();
            assertThat(view.runs().find(new RunId("run_10"))).isEmpty();
            assertThat(view.approvals().find(new ApprovalId("apr_10"))).isEmpty();
            assertThat(view.artifacts().find(new ArtifactId("art_10"))).isEmpty();
            assertThat(view.artifacts().of(new RunId("run_10"))).isEmpty();
            assertThat(view.repos().find(new RepoId("rep_1"))).isEmpty();
            assertThat(view.events().find(new EventId("evt_10"))).isEmpty();
            assertThat(view.runs().all(List.of(new RunId("run_10"), new RunId("run_20"))))
                    .containsOnlyKeys(new RunId("run_20"));
            assertThat(view.runs().find(new RunId("run_20"))).isPresent();
            assertThat(view.artifacts().find(new ArtifactId("art_20"))).isPresent();
            assertThat(view.repos().find(new RepoId("rep_2"))).isPresent();
        });
    }

    @Test
    void listsOfSeveralAreInOrderPageByPage() {
        List<Run> theirs = of(runs(), "prj_1", "prj_3");
        for (int limit : new int[] {1, 3, 4, 100}) {
            within(List.of(1, 3), view -> {
                assertThat(walk(limit, page -> view.runs().list(RunFilter.ALL, page)))
                        .hasSize(2 * EACH)
                        .isEqualTo(theirs);
                assertThat(walk(limit, page -> view.tasks().list(TaskFilter.ALL, page)))
                        .extracting(Task::id)
                        .containsExactlyElementsOf(IntStream.range(0, EACH)
                                .boxed()
                                .flatMap(i -> Stream.of(new TaskId("tsk_1" + i), new TaskId("tsk_3" + i)))
                                .toList());
                assertThat(walk(limit, page -> view.approvals().list(ApprovalFilter.PENDING, page)))
                        .extracting(Approval::projectId)
                        .hasSize(2 * EACH)
                        .containsOnly(new ProjectId("prj_1"), new ProjectId("prj_3"));
                assertThat(walk(limit, page -> view.projects().list(ProjectFilter.ALL, page)))
                        .extracting(Project::id)
                        .containsExactly(new ProjectId("prj_1"), new ProjectId("prj_3"));
                assertThat(walk(limit, page -> view.repos().list(page))).hasSize(2);
            });
        }
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
        within(List.of(1, 3), view -> {
            assertThat(view.runs()
                            .list(RunFilter.of(new ProjectId("prj_3")), PageRequest.first())
                            .items())
                    .hasSize(EACH);
            assertThat(view.runs()
                            .list(RunFilter.of(new ProjectId("prj_2")), PageRequest.first())
                            .items())
                    .isEmpty();
            assertThat(view.runs()
                            .list(RunFilter.builder().externalId("shared").build(), PageRequest.first())
                            .items())
                    .hasSize(2 * EACH);
            assertThat(view.events().after(0, new EventFilter(null, null, new ProjectId("prj_2"), null), 100))
                    .isEmpty();
        });
    }

    @Test
    void manyProjectsAreManyListsToo() {
        List<Run> theirs = of(runs(), "prj_1", "prj_2", "prj_3");
        within(
                IntStream.range(1, 200).boxed().toList(),
                view -> assertThat(walk(4, page -> view.runs().list(RunFilter.ALL, page)))
                        .isEqualTo(theirs));
    }

    @Test
    void theNewestOfTheirsIsFoundByAnOutsideId() {
        within(
                List.of(1),
                view -> assertThat(view.runs().findByExternalId("shared"))
                        .hasValueSatisfying(run -> assertThat(run.id()).isEqualTo(new RunId("run_14"))));
        within(
                List.of(1, 2),
                view -> assertThat(view.runs().findByExternalId("shared"))
                        .hasValueSatisfying(run -> assertThat(run.id()).isEqualTo(new RunId("run_24"))));
    }

    @Test
    void eventsAreTheirsInTheirOrder() {
        List<String> theirs = Stream.of("evt_0", "evt_2")
                .flatMap(of -> IntStream.range(0, EACH).mapToObj(i -> of + i))
                .toList();
        within(List.of(0, 2), view -> {
            for (int limit : new int[] {2, 7, 100}) {
                assertThat(view.events().after(0, EventFilter.ALL, limit))
                        .extracting(event -> event.id().value())
                        .isEqualTo(theirs.subList(0, Math.min(limit, theirs.size())));
            }
        });
        long newest = read(view -> view.events().last());
        within(List.of(0, 1), view -> {
            long last = view.events().last();
            assertThat(last).isLessThan(newest);
            assertThat(view.events().after(last, EventFilter.ALL, 10)).isEmpty();
            assertThat(view.events().after(last - 1, EventFilter.ALL, 10)).hasSize(1);
        });
    }

    @Test
    void countsAndSumsAreOfTheirsOnly() {
        within(List.of(1, 3), view -> {
            assertThat(view.projects().stats().projects()).isEqualTo(2);
            assertThat(view.projects().stats().runsByState()).containsEntry("QUEUED", 2L * EACH);
            assertThat(view.projects().order()).containsExactly(new ProjectId("prj_1"), new ProjectId("prj_3"));
        });
        within(List.of(1), view -> {
            assertThat(view.overview().tasks()).containsEntry("todo", (long) EACH);
            assertThat(view.overview().pendingApprovals()).isEqualTo(EACH);
            assertThat(view.overview().repos()).isEqualTo(1);
        });
        within(List.of(2, 3), view -> {
            assertThat(view.usage().sums(UsageQuery.of(UsageKey.PROJECT), 10))
                    .extracting(UsageRow::project)
                    .containsExactly("prj_2", "prj_3");
            assertThat(view.usage().sums(UsageQuery.of(), 10))
                    .extracting(row -> row.used().inputTokens())
                    .containsExactly(5L);
        });
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
        assertThatThrownBy(() -> within(List.of(), view -> {})).isInstanceOf(IllegalArgumentException.class);
    }
}
