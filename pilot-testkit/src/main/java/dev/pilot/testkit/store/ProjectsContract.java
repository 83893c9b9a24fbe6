package dev.pilot.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.project.Priority;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.ProjectCommands;
import dev.pilot.api.project.ProjectFilter;
import dev.pilot.api.project.ProjectStats;
import dev.pilot.api.project.ProjectStatus;
import dev.pilot.api.project.UsageTotal;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.Usage;
import dev.pilot.api.store.RunRecords;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.PageRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Projects, their manual order and their counts. */
abstract class ProjectsContract extends StoreStage {
    private static final ProjectId ONE = new ProjectId("prj_1");

    @Test
    void aProjectIsReadAsItWasWritten() {
        Project full = Samples.project("prj_1", 7).toBuilder()
                .description("What it is for")
                .notes("Noted")
                .status(ProjectStatus.PAUSED)
                .priority(Priority.URGENT)
                .category("tools")
                .progress(42)
                .tags(List.of("z", "a", "m"))
                .repoId(new RepoId("rep_1"))
                .commands(new ProjectCommands(List.of("make"), List.of("make", "test"), List.of()))
                .attributes(Json.object("z", new Json.Num("1.50"), "a", new Json.Num("1e3"), "n", null))
                .build();
        write(unit -> {
            unit.repos().create(Samples.repo("rep_1", "one"));
            unit.projects().create(full);
        });

        Project read = read(view -> view.projects().get(ONE));
        assertThat(read).isEqualTo(full);
        assertThat(read.attributes().toString()).isEqualTo(full.attributes().toString());
    }

    @Test
    void anUpdateReplacesEverythingButThePlace() {
        write(unit -> unit.projects()
                .create(Samples.project("prj_1", 7).toBuilder()
                        .tags(List.of("a", "b"))
                        .category("old")
                        .build()));
        Project changed = Samples.project("prj_1", 7).toBuilder()
                .name("Changed")
                .status(ProjectStatus.COMPLETED)
                .tags(List.of("b", "c"))
                .updatedAt(Samples.at(1))
                .build();
        write(unit -> unit.projects().update(changed, Samples.T0));

        assertThat(read((StoreView view) -> view.projects().get(ONE))).isEqualTo(changed);
        assertThat(list(new ProjectFilter(null, null, null, "a"))).isEmpty();
        assertThat(list(new ProjectFilter(null, null, "old", null))).isEmpty();
        assertThat(list(new ProjectFilter(ProjectStatus.COMPLETED, null, null, "c")))
                .containsExactly(changed);
    }

    private List<Project> list(ProjectFilter filter) {
        return walk(3, page -> read(view -> view.projects().list(filter, page)));
    }

    @Test
    void theManualOrderIsSetForAllAndChangesNoVersion() {
        write(unit -> IntStream.range(0, 9).forEach(i -> unit.projects().create(Samples.project("prj_" + i, i + 1))));
        assertThat(read((StoreView view) -> view.projects().lastPosition())).isEqualTo(9);
        List<ProjectId> reversed = read(view -> view.projects().order()).stream()
                .sorted(Comparator.comparing(ProjectId::value).reversed())
                .toList();

        write(unit -> unit.projects().order(reversed));

        assertThat(read((StoreView view) -> view.projects().order())).isEqualTo(reversed);
        assertThat(list(ProjectFilter.ALL)).extracting(Project::id).isEqualTo(reversed);
        assertThat(list(ProjectFilter.ALL))
                .extracting(Project::position)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(list(ProjectFilter.ALL))
                .allMatch(project -> project.updatedAt().equals(Samples.T0));
        assertThat(read((StoreView view) -> view.projects().get(ONE)).position())
                .isEqualTo(list(ProjectFilter.ALL).get(7).position());
    }

    @Test
    void anUpdateKeepsAPlaceThatWasSetMeanwhile() {
        write(unit -> {
            unit.projects().create(Samples.project("prj_1", 1));
            unit.projects().create(Samples.project("prj_2", 2));
        });
        Project before = read(view -> view.projects().get(ONE));
        write(unit -> unit.projects().order(List.of(new ProjectId("prj_2"), ONE)));
        write(unit -> unit.projects().update(before.toBuilder().name("changed").build(), before.updatedAt()));

        assertThat(read((StoreView view) -> view.projects().order())).containsExactly(new ProjectId("prj_2"), ONE);
    }

    @Test
    void aDeletedProjectIsGone() {
        write(unit -> {
            unit.projects()
                    .create(Samples.project("prj_1").toBuilder()
                            .tags(List.of("a"))
                            .build());
            unit.projects().delete(ONE);
            unit.projects().delete(ONE);
        });

        assertThat(read((StoreView view) -> view.projects().find(ONE))).isEmpty();
        assertThat(read((StoreView view) -> view.projects().order())).isEmpty();
        assertThat(read((StoreView view) -> view.projects().lastPosition())).isZero();
        assertThat(read((StoreView view) -> view.projects().stats()).byTag()).isEmpty();
        write(unit -> unit.projects().create(Samples.project("prj_1")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyFilterFindsWhatItSaysInOrder(long seed) {
        Random random = new Random(seed);
        List<Project> all = IntStream.range(0, 60).mapToObj(i -> any(random, i)).toList();
        write(unit -> all.forEach(unit.projects()::create));
        List<Project> ordered = all.stream()
                .sorted(Comparator.comparingLong(Project::position)
                        .thenComparing(project -> project.id().value()))
                .toList();

        for (int i = 0; i < 40; i++) {
            ProjectFilter filter = anyFilter(random);
            int limit = 1 + random.nextInt(20);
            assertThat(walk(limit, page -> read(view -> view.projects().list(filter, page))))
                    .as("%s, %s at a time", filter, limit)
                    .isEqualTo(ordered.stream()
                            .filter(project -> matches(filter, project))
                            .toList());
        }
    }

    private static Project any(Random random, int number) {
        return Samples.project("prj_" + number, random.nextInt(30)).toBuilder()
                .status(ProjectStatus.values()[random.nextInt(ProjectStatus.values().length)])
                .priority(Priority.values()[random.nextInt(Priority.values().length)])
                .category(random.nextBoolean() ? "c" + random.nextInt(2) : null)
                .tags(IntStream.range(0, 3)
                        .filter(tag -> random.nextBoolean())
                        .mapToObj(tag -> "t" + tag)
                        .toList())
                .build();
    }

    private static ProjectFilter anyFilter(Random random) {
        return new ProjectFilter(
                random.nextInt(3) == 0 ? ProjectStatus.values()[random.nextInt(5)] : null,
                random.nextInt(3) == 0 ? Priority.values()[random.nextInt(4)] : null,
                random.nextInt(3) == 0 ? "c" + random.nextInt(3) : null,
                random.nextInt(3) == 0 ? "t" + random.nextInt(4) : null);
    }

    private static boolean matches(ProjectFilter filter, Project project) {
        return (filter.status() == null || filter.status() == project.status())
                && (filter.priority() == null || filter.priority() == project.priority())
                && (filter.category() == null || filter.category().equals(project.category()))
                && (filter.tag() == null || project.tags().contains(filter.tag()));
    }

    @Test
    void aWalkMissesNothingThatWasThereAtItsBeginning() {
        write(unit ->
                IntStream.range(0, 10).forEach(i -> unit.projects().create(Samples.project("prj_" + i, 10L * i))));
        var first = read(view -> view.projects().list(ProjectFilter.ALL, PageRequest.first(4)));
        write(unit -> {
            unit.projects().create(Samples.project("before", 5));
            unit.projects().create(Samples.project("behind", 75));
            unit.projects().delete(first.items().get(3).id());
        });

        var second = read(view -> view.projects().list(ProjectFilter.ALL, new PageRequest(100, first.next())));
        assertThat(second.items())
                .extracting(project -> project.id().value())
                .containsExactly("prj_4", "prj_5", "prj_6", "prj_7", "behind", "prj_8", "prj_9");
        assertThat(second.next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "x", "!!!", "AAAA", "Zm9v", "MTIz", "MSA", "' or 1=1 --", "9999999999999999999999"})
    void aBadCursorIsInvalid(String cursor) {
        PageRequest page = new PageRequest(10, cursor);

        assertThatThrownBy(() -> read(view -> view.projects().list(ProjectFilter.ALL, page)))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        invalid -> assertThat(invalid.fields())
                                .singleElement()
                                .satisfies(field -> assertThat(field.field()).isEqualTo("cursor")));
    }

    @Test
    void statsOfNothingAreEmpty() {
        ProjectStats stats = read(view -> view.projects().stats());

        assertThat(stats.projects()).isZero();
        assertThat(stats.byStatus()).isEmpty();
        assertThat(stats.usageByDay()).isEmpty();
    }

    @Test
    void statsCountProjectsAndWhatRunsUsed() {
        write(unit -> {
            unit.projects()
                    .create(Samples.project("prj_1").toBuilder()
                            .category("web")
                            .tags(List.of("a", "b"))
                            .build());
            unit.projects()
                    .create(Samples.project("prj_2").toBuilder()
                            .status(ProjectStatus.PAUSED)
                            .tags(List.of("a"))
                            .build());
            run(unit.runs(), "run_1", "prj_1", "2026-01-15T23:59:59.999999Z", "agt_1", "m1", 10);
            run(unit.runs(), "run_2", "prj_1", "2026-01-16T00:00:00Z", "agt_1", "m2", 100);
            run(unit.runs(), "run_3", "prj_2", "2026-01-16T12:00:00Z", "agt_2", "m2", 1_000);
        });

        ProjectStats stats = read(view -> view.projects().stats());
        assertThat(stats.projects()).isEqualTo(2);
        assertThat(stats.byStatus()).isEqualTo(Map.of("planning", 1L, "paused", 1L));
        assertThat(stats.byPriority()).isEqualTo(Map.of("medium", 2L));
        assertThat(stats.byCategory()).isEqualTo(Map.of("web", 1L, "none", 1L));
        assertThat(stats.byTag()).isEqualTo(Map.of("a", 2L, "b", 1L));
        assertThat(stats.runsByState()).isEqualTo(Map.of("QUEUED", 3L));
        assertThat(stats.usageByDay())
                .containsExactly(
                        new UsageTotal("2026-01-15", 1, 10, 20, 30),
                        new UsageTotal("2026-01-16", 2, 1_100, 2_200, 3_300));
        assertThat(stats.usageByProject())
                .containsExactly(
                        new UsageTotal("prj_1", 2, 110, 220, 330), new UsageTotal("prj_2", 1, 1_000, 2_000, 3_000));
        assertThat(stats.usageByAgent())
                .containsExactly(
                        new UsageTotal("agt_1", 2, 110, 220, 330), new UsageTotal("agt_2", 1, 1_000, 2_000, 3_000));
        assertThat(stats.usageByModel())
                .containsExactly(new UsageTotal("m1", 1, 10, 20, 30), new UsageTotal("m2", 2, 1_100, 2_200, 3_300));
    }

    @Test
    void statsNameWhatHasNoAgentOrModel() {
        write(unit -> {
            unit.projects().create(Samples.project("prj_1"));
            unit.runs().create(Samples.run("run_1", "prj_1"));
        });

        ProjectStats stats = read(view -> view.projects().stats());
        assertThat(stats.usageByAgent()).containsExactly(new UsageTotal("none", 1, 0, 0, 0));
        assertThat(stats.usageByModel()).containsExactly(new UsageTotal("none", 1, 0, 0, 0));
    }

    @Test
    void usageFollowsTheRun() {
        write(unit -> {
            unit.projects().create(Samples.project("prj_1"));
            unit.runs().create(Samples.run("run_1", "prj_1"));
            unit.runs()
                    .update(
                            Samples.run("run_1", "prj_1").toBuilder()
                                    .usage(new Usage(1, 2, 3, 4, 5, 6, 7, 8))
                                    .state(RunState.SUCCEEDED)
                                    .build(),
                            Samples.T0);
        });

        assertThat(read((StoreView view) -> view.projects().stats()).usageByProject())
                .containsExactly(new UsageTotal("prj_1", 1, 2, 3, 4));
        assertThat(read(StoreView::overview).runs()).isEqualTo(Map.of("SUCCEEDED", 1L));
    }

    private static void run(
            RunRecords runs, String id, String project, String createdAt, String agent, String model, long tokens) {
        runs.create(Samples.run(id, project).toBuilder()
                .agentId(new AgentId(agent))
                .profile(RunProfile.builder().model(model).build())
                .usage(new Usage(0, tokens, 2 * tokens, 3 * tokens, 0, 0, 0, 0))
                .createdAt(Instant.parse(createdAt))
                .build());
    }
}
