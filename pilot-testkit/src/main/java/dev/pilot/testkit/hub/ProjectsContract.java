package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.Conflict;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Priority;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.ProjectCommands;
import dev.pilot.api.project.ProjectEdit;
import dev.pilot.api.project.ProjectFilter;
import dev.pilot.api.project.ProjectStats;
import dev.pilot.api.project.ProjectStatus;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.UpdateProject;
import dev.pilot.api.project.UsageTotal;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.Usage;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a hub promises about projects. */
public abstract class ProjectsContract extends HubContract {
    /** For subclasses. */
    protected ProjectsContract() {}

    @Test
    void aNewProjectHasDefaultsForWhatWasNotSaid() {
        String name = unique("project");
        Project made = pilot().projects().create(CreateProject.named(name));

        assertThat(made.id().value()).startsWith("prj_");
        assertThat(made.name()).isEqualTo(name);
        assertThat(made.description()).isEmpty();
        assertThat(made.notes()).isEmpty();
        assertThat(made.status()).isEqualTo(ProjectStatus.PLANNING);
        assertThat(made.priority()).isEqualTo(Priority.MEDIUM);
        assertThat(made.category()).isNull();
        assertThat(made.progress()).isZero();
        assertThat(made.tags()).isEmpty();
        assertThat(made.repoId()).isNull();
        assertThat(made.commands()).isEqualTo(ProjectCommands.NONE);
        assertThat(made.attributes()).isEqualTo(Json.object());
        assertThat(made.updatedAt()).isAfterOrEqualTo(made.createdAt());
        assertThat(made.createdAt().getNano() % 1000).as("microseconds").isZero();
    }

    @Test
    void everyFieldComesBackAsItWasGiven() {
        CreateProject command = full();
        Project made = pilot().projects().create(command);

        assertThat(made.id()).isEqualTo(command.id());
        assertSame(made, command);
        assertThat(pilot().projects().get(made.id())).isEqualTo(made);
        assertThat(made.attributes().toString())
                .as("order and digits are kept")
                .isEqualTo("{\"z\":1.50,\"a\":[true,null,\"ü😀\"]}");
    }

    @Test
    void tagsThatAreThereTwiceAreKeptOnceInTheirOrder() {
        Project made = pilot().projects()
                .create(CreateProject.builder(unique("project"))
                        .tags(List.of("b", "a", "b", "c", "a"))
                        .build());
        assertThat(made.tags()).containsExactly("b", "a", "c");
    }

    @Test
    void theSameIdAndContentAgainFindsWhatIsThereNow() {
        CreateProject command = CreateProject.builder(unique("project"))
                .id(new ProjectId(unique("own")))
                .build();
        Created<Project> first = pilot().projects().createOrFind(command);
        Project changed = pilot().projects()
                .update(
                        first.value().id(),
                        UpdateProject.builder().progress(Edit.set(7)).build());
        Created<Project> second = pilot().projects().createOrFind(command);

        assertThat(first.isNew()).isTrue();
        assertThat(second.isNew()).isFalse();
        assertThat(second.value()).isEqualTo(changed);
    }

    @Test
    void theSameKeyAndContentAgainFindsWhatIsThereNow() {
        CreateProject command = CreateProject.builder(unique("project"))
                .idempotencyKey(unique("key"))
                .build();
        Created<Project> first = pilot().projects().createOrFind(command);
        Created<Project> second = pilot().projects().createOrFind(command);

        assertThat(first.isNew()).isTrue();
        assertThat(second).isEqualTo(new Created<>(first.value(), false));
        assertThat(count(first.value())).isEqualTo(1);
    }

    @Test
    void theSameIdWithOtherContentIsRefused() {
        CreateProject command = CreateProject.builder(unique("project"))
                .id(new ProjectId(unique("own")))
                .build();
        Project made = pilot().projects().create(command);

        AlreadyExists error = refused(
                AlreadyExists.class,
                "already-exists",
                () -> pilot().projects().create(command.toBuilder().progress(1).build()));
        assertThat(error.entity()).isEqualTo("project");
        assertThat(error.id()).isEqualTo(made.id().value());
        assertThat(pilot().projects().get(made.id())).isEqualTo(made);
    }

    @Test
    void theSameKeyWithOtherContentIsRefused() {
        CreateProject command = CreateProject.builder(unique("project"))
                .idempotencyKey(unique("key"))
                .build();
        Project made = pilot().projects().create(command);

        refused(
                AlreadyExists.class,
                "already-exists",
                () -> pilot().projects()
                        .create(command.toBuilder().description("other").build()));
        assertThat(count(made)).isEqualTo(1);
    }

    @Test
    void anIdThatTheHubMadeIsTakenToo() {
        Project made = project();
        refused(
                AlreadyExists.class,
                "already-exists",
                () -> pilot().projects()
                        .create(CreateProject.builder("another").id(made.id()).build()));
    }

    @Test
    void twoKeysMakeTwoProjects() {
        CreateProject command = CreateProject.named(unique("project"));
        Project one = pilot().projects()
                .create(command.toBuilder().idempotencyKey(unique("key")).build());
        Project two = pilot().projects()
                .create(command.toBuilder().idempotencyKey(unique("key")).build());
        assertThat(one.id()).isNotEqualTo(two.id());
    }

    @Test
    void aPatchKeepsClearsAndSets() {
        Project made = pilot().projects().create(full());
        Project now = pilot().projects()
                .update(
                        made.id(),
                        UpdateProject.builder()
                                .description(Edit.clear())
                                .category(Edit.clear())
                                .priority(Edit.clear())
                                .tags(Edit.set(List.of("x", "x", "y")))
                                .status(Edit.set(ProjectStatus.COMPLETED))
                                .attributes(Edit.set(Json.object("only", 1)))
                                .build());

        assertThat(now.description()).isEmpty();
        assertThat(now.category()).isNull();
        assertThat(now.priority()).as("cleared to its default").isEqualTo(Priority.MEDIUM);
        assertThat(now.tags()).containsExactly("x", "y");
        assertThat(now.status()).isEqualTo(ProjectStatus.COMPLETED);
        assertThat(now.attributes()).isEqualTo(Json.object("only", 1));
        assertThat(now.name()).isEqualTo(made.name());
        assertThat(now.notes()).isEqualTo(made.notes());
        assertThat(now.progress()).isEqualTo(made.progress());
        assertThat(now.commands()).isEqualTo(made.commands());
        assertThat(now.position()).isEqualTo(made.position());
        assertThat(now.createdAt()).isEqualTo(made.createdAt());
        assertThat(now.updatedAt()).isAfter(made.updatedAt());
        assertThat(pilot().projects().get(made.id())).isEqualTo(now);
    }

    @Test
    void aNameCannotBeCleared() {
        Project made = project();
        invalid(
                "name",
                () -> pilot().projects()
                        .update(
                                made.id(),
                                UpdateProject.builder().name(Edit.clear()).build()));
        assertThat(pilot().projects().get(made.id())).isEqualTo(made);
    }

    @Test
    void theVersionGrowsWithEveryChangeEvenWhileTheClockGoesBack() {
        Project made = project();
        Instant before = made.updatedAt();
        try {
            fixture().clock().advance(java.time.Duration.ofMinutes(-5));
            for (int progress = 1; progress <= 5; progress++) {
                Project now = pilot().projects()
                        .update(
                                made.id(),
                                UpdateProject.builder()
                                        .progress(Edit.set(progress))
                                        .build());
                assertThat(now.updatedAt()).isAfter(before);
                before = now.updatedAt();
            }
        } finally {
            fixture().clock().advance(java.time.Duration.ofMinutes(5));
        }
    }

    @Test
    void aPatchThatChangesNothingLeavesVersionAndLogAlone() {
        Project made = pilot().projects().create(full());
        Project now = pilot().projects()
                .update(
                        made.id(),
                        UpdateProject.builder()
                                .name(Edit.set(made.name()))
                                .tags(Edit.set(made.tags()))
                                .ifUpdatedAt(made.updatedAt())
                                .build());

        assertThat(now).isEqualTo(made);
        assertThat(pilot().projects().update(made.id(), UpdateProject.builder().build()))
                .isEqualTo(made);
        assertThat(types(made)).containsExactly("created");
    }

    @Test
    void theCurrentVersionIsAccepted() {
        Project made = project();
        Project now = pilot().projects()
                .update(
                        made.id(),
                        UpdateProject.builder()
                                .progress(Edit.set(1))
                                .ifUpdatedAt(made.updatedAt())
                                .build());
        assertThat(now.progress()).isEqualTo(1);
    }

    @Test
    void staleUpdateIsAConflictThatCarriesTheProject() {
        Project made = project();
        Project now = pilot().projects()
                .update(made.id(), UpdateProject.builder().progress(Edit.set(1)).build());

        Conflict error = refused(
                Conflict.class,
                "conflict",
                () -> pilot().projects()
                        .update(
                                made.id(),
                                UpdateProject.builder()
                                        .progress(Edit.set(2))
                                        .ifUpdatedAt(made.updatedAt())
                                        .build()));
        assertThat(error.entity()).isEqualTo("project");
        assertThat(error.id()).isEqualTo(made.id().value());
        assertThat(error.currentUpdatedAt()).isEqualTo(now.updatedAt());
        assertThat(error.current()).isEqualTo(now);
        assertThat(pilot().projects().get(made.id())).isEqualTo(now);
    }

    @Test
    void anUnknownProjectIsNotFound() {
        ProjectId unknown = new ProjectId(unique("unknown"));
        NotFound error =
                refused(NotFound.class, "not-found", () -> pilot().projects().get(unknown));
        assertThat(error.entity()).isEqualTo("project");
        assertThat(error.id()).isEqualTo(unknown.value());
        refused(
                NotFound.class,
                () -> pilot().projects().update(unknown, UpdateProject.builder().build()));
        refused(NotFound.class, () -> pilot().projects().replace(unknown, CreateProject.named("x"), null));
        refused(NotFound.class, () -> pilot().projects().delete(unknown));
    }

    @Test
    void replacingSetsEveryField() {
        Project made = pilot().projects().create(full());
        Project bare = pilot().projects().replace(made.id(), CreateProject.named("bare"), made.updatedAt());

        assertSame(bare, CreateProject.named("bare"));
        assertThat(bare.id()).isEqualTo(made.id());
        assertThat(bare.position()).isEqualTo(made.position());
        assertThat(bare.createdAt()).isEqualTo(made.createdAt());
        Conflict error = refused(
                Conflict.class, "conflict", () -> pilot().projects().replace(made.id(), full(), made.updatedAt()));
        assertThat(error.current()).isEqualTo(bare);

        CreateProject again = full();
        Project full = pilot().projects().replace(made.id(), again, null);
        assertSame(full, again);
        assertThat(full.id()).as("the command's own id is ignored").isEqualTo(made.id());
    }

    @Test
    void changesAreEventsThatNameTheFields() {
        Project made = project();
        pilot().projects()
                .update(
                        made.id(),
                        UpdateProject.builder()
                                .progress(Edit.set(5))
                                .tags(Edit.set(List.of("t")))
                                .build());
        pilot().projects().delete(made.id());

        List<Event> events = events(new EventFilter(Subject.project(made.id()), null, null, null));
        assertThat(events).extracting(Event::type).containsExactly("created", "updated", "deleted");
        assertThat(events).allSatisfy(event -> assertThat(event.projectId()).isEqualTo(made.id()));
        assertThat(events.get(1).data().get("fields"))
                .isInstanceOfSatisfying(
                        Json.Arr.class,
                        fields -> assertThat(fields.items())
                                .containsExactlyInAnyOrder(Json.of("progress"), Json.of("tags")));
    }

    @Test
    void deletingTakesTasksAndFinishedRunsAlong() {
        RunStage stage = stage();
        Task task = stage.task("task");
        Run done = pilot().runs().create(stage.runFor(task).build());
        pilot().runs().cancel(done.id(), null);
        pilot().projects().delete(stage.project.id());

        refused(NotFound.class, () -> pilot().projects().get(stage.project.id()));
        refused(NotFound.class, () -> pilot().tasks().get(task.id()));
        refused(NotFound.class, () -> pilot().runs().get(done.id()));
        assertThat(events(EventFilter.of(done.id()))).as("events stay").isNotEmpty();
    }

    @Test
    void aProjectWithARunThatIsNotOverCannotBeDeleted() {
        RunStage stage = stage();
        Run run = stage.queued();
        refused(NotAllowed.class, () -> pilot().projects().delete(stage.project.id()));
        assertThat(pilot().runs().get(run.id())).isEqualTo(run);
        assertThat(pilot().projects().get(stage.project.id())).isEqualTo(stage.project);
    }

    @Test
    void filtersAreJoinedByAnd() {
        String category = unique("category");
        Project one = inCategory(category, ProjectStatus.PAUSED, Priority.HIGH, "red");
        Project two = inCategory(category, ProjectStatus.PAUSED, Priority.LOW, "red");
        Project three = inCategory(category, ProjectStatus.PLANNING, Priority.HIGH, "blue");

        assertThat(list(new ProjectFilter(null, null, category, null))).containsExactly(one, two, three);
        assertThat(list(new ProjectFilter(ProjectStatus.PAUSED, null, category, null)))
                .containsExactly(one, two);
        assertThat(list(new ProjectFilter(null, Priority.HIGH, category, null))).containsExactly(one, three);
        assertThat(list(new ProjectFilter(null, null, category, "red"))).containsExactly(one, two);
        assertThat(list(new ProjectFilter(ProjectStatus.PAUSED, Priority.HIGH, category, "red")))
                .containsExactly(one);
        assertThat(list(new ProjectFilter(null, null, category, "re")))
                .as("whole tags")
                .isEmpty();
        assertThat(list(new ProjectFilter(null, null, category.toUpperCase(java.util.Locale.ROOT), null)))
                .as("case counts")
                .isEmpty();
    }

    @Test
    void walkingByCursorSeesEachProjectOnceWhileOthersAreMade() {
        String category = unique("category");
        ProjectFilter filter = new ProjectFilter(null, null, category, null);
        List<ProjectId> there = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            there.add(inCategory(category, ProjectStatus.PLANNING, Priority.LOW, "t")
                    .id());
        }
        List<ProjectId> seen = walk(2, request -> {
                    Page<Project> page = pilot().projects().list(filter, request);
                    inCategory(unique("elsewhere"), ProjectStatus.PLANNING, Priority.LOW, "t");
                    if (request.cursor() == null) {
                        inCategory(category, ProjectStatus.PLANNING, Priority.LOW, "t");
                    }
                    return page;
                })
                .stream()
                .map(Project::id)
                .toList();

        assertThat(seen).doesNotHaveDuplicates().containsSubsequence(there);
    }

    @Test
    void reorderPutsTheNamedOnesFirst() {
        String category = unique("category");
        List<Project> made = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            made.add(inCategory(category, ProjectStatus.PLANNING, Priority.LOW, "t"));
        }
        ProjectId unknown = new ProjectId(unique("unknown"));
        List<ItemResult<ProjectId>> answers = pilot().projects()
                .reorder(List.of(made.get(3).id(), unknown, made.get(1).id()));

        assertThat(answers).hasSize(3);
        assertThat(answers.get(0).get()).isEqualTo(made.get(3).id());
        refused(NotFound.class, answers.get(1));
        assertThat(answers.get(2).get()).isEqualTo(made.get(1).id());
        List<Project> now = list(new ProjectFilter(null, null, category, null));
        assertThat(now)
                .extracting(Project::id)
                .containsExactly(
                        made.get(3).id(),
                        made.get(1).id(),
                        made.get(0).id(),
                        made.get(2).id());
        assertThat(now).extracting(Project::position).isSorted().doesNotHaveDuplicates();
        assertThat(now)
                .extracting(Project::updatedAt)
                .containsExactlyInAnyOrderElementsOf(
                        made.stream().map(Project::updatedAt).toList());
    }

    @Test
    void anIdNamedTwiceInAnOrderIsRefusedTheSecondTime() {
        Project made = project();
        List<ItemResult<ProjectId>> answers = pilot().projects().reorder(List.of(made.id(), made.id()));
        assertThat(answers.get(0).isDone()).isTrue();
        refused(InvalidInput.class, answers.get(1));
    }

    @Test
    void aBatchAnswersPerItemAndOneBadItemHarmsNoOther() {
        Project one = project();
        Project two = project();
        List<ItemResult<Project>> answers = pilot().projects()
                .batch(List.of(
                        edit(one.id(), UpdateProject.builder().progress(Edit.set(10))),
                        edit(
                                new ProjectId(unique("unknown")),
                                UpdateProject.builder().progress(Edit.set(10))),
                        edit(two.id(), UpdateProject.builder().progress(Edit.set(101))),
                        edit(
                                one.id(),
                                UpdateProject.builder().progress(Edit.set(11)).ifUpdatedAt(one.updatedAt())),
                        edit(two.id(), UpdateProject.builder().progress(Edit.set(20)))));

        assertThat(answers).hasSize(5);
        assertThat(answers.get(0).get().progress()).isEqualTo(10);
        refused(NotFound.class, answers.get(1));
        invalid("progress", refused(InvalidInput.class, answers.get(2)));
        assertThat(refused(Conflict.class, answers.get(3)).current())
                .isEqualTo(answers.get(0).get());
        assertThat(answers.get(4).get().progress()).isEqualTo(20);
        assertThat(pilot().projects().get(one.id()).progress()).isEqualTo(10);
        assertThat(pilot().projects().get(two.id()).progress()).isEqualTo(20);
    }

    @Test
    void anEmptyBatchIsRefused() {
        invalid("edits", () -> pilot().projects().batch(List.of()));
        invalid("actions", () -> pilot().projects().apply(List.of()));
    }

    @Test
    void statsCountProjects() {
        ProjectStats before = pilot().projects().stats();
        String category = unique("category");
        String tag = unique("tag");
        inCategory(category, ProjectStatus.PAUSED, Priority.URGENT, tag);
        inCategory(category, ProjectStatus.PAUSED, Priority.LOW, tag);
        project();
        ProjectStats after = pilot().projects().stats();

        assertThat(after.projects() - before.projects()).isEqualTo(3);
        assertThat(grown(before.byStatus(), after.byStatus())).isEqualTo(Map.of("paused", 2L, "planning", 1L));
        assertThat(grown(before.byPriority(), after.byPriority()))
                .isEqualTo(Map.of("urgent", 1L, "low", 1L, "medium", 1L));
        assertThat(grown(before.byCategory(), after.byCategory())).isEqualTo(Map.of(category, 2L, "none", 1L));
        assertThat(grown(before.byTag(), after.byTag())).isEqualTo(Map.of(tag, 2L));
    }

    @Test
    void statsCountRunsAndWhatTheyUsed() {
        ProjectStats before = pilot().projects().stats();
        RunStage stage = stage();
        String model = unique("model");
        Run run = pilot().runs()
                .create(stage.run()
                        .profile(RunProfile.command(List.of("true")).toBuilder()
                                .model(model)
                                .build())
                        .build());
        Usage used = new Usage(5, 100, 20, 3000, 1, 0, 0, 0);
        stage.finish(RunStage.succeeded(RunStage.leaseOf(stage.claim())).usage(used));
        stage.in(RunState.FAILED);
        stage.queued(RunPolicy.NONE);
        ProjectStats after = pilot().projects().stats();

        assertThat(grown(before.runsByState(), after.runsByState()))
                .isEqualTo(Map.of("SUCCEEDED", 1L, "FAILED", 1L, "QUEUED", 1L));
        assertThat(after.usageByProject())
                .contains(new UsageTotal(stage.project.id().value(), 3, 100, 20, 3000));
        assertThat(after.usageByModel()).contains(new UsageTotal(model, 1, 100, 20, 3000));
        String day = run.createdAt().toString().substring(0, 10);
        assertThat(after.usageByDay())
                .anySatisfy(total -> assertThat(total.key()).isEqualTo(day));
        assertThat(after.usageByAgent())
                .anySatisfy(total -> assertThat(total.key()).isEqualTo("none"));
    }

    private static CreateProject full() {
        return CreateProject.builder(unique("full"))
                .description("What it is for: \"quotes\", ünïcode 😀 and\nlines")
                .notes("notes")
                .status(ProjectStatus.IN_PROGRESS)
                .priority(Priority.URGENT)
                .category("category")
                .progress(42)
                .tags(List.of("one", "two"))
                .commands(
                        new ProjectCommands(List.of("make", "deps"), List.of("make", "test"), List.of("make", "lint")))
                .attributes(Json.object(
                        "z",
                        new Json.Num("1.50"),
                        "a",
                        new Json.Arr(List.of(new Json.Bool(true), Json.NULL, Json.of("ü😀")))))
                .id(new ProjectId(unique("own")))
                .build();
    }

    private static void assertSame(Project project, CreateProject command) {
        assertThat(project.name()).isEqualTo(command.name());
        assertThat(project.description()).isEqualTo(command.description());
        assertThat(project.notes()).isEqualTo(command.notes());
        assertThat(project.status()).isEqualTo(command.status());
        assertThat(project.priority()).isEqualTo(command.priority());
        assertThat(project.category()).isEqualTo(command.category());
        assertThat(project.progress()).isEqualTo(command.progress());
        assertThat(project.tags()).isEqualTo(command.tags());
        assertThat(project.repoId()).isEqualTo(command.repoId());
        assertThat(project.commands()).isEqualTo(command.commands());
        assertThat(project.attributes()).isEqualTo(command.attributes());
    }

    private Project inCategory(String category, ProjectStatus status, Priority priority, String tag) {
        return pilot().projects()
                .create(CreateProject.builder(unique("project"))
                        .category(category)
                        .status(status)
                        .priority(priority)
                        .tags(List.of(tag))
                        .build());
    }

    private List<Project> list(ProjectFilter filter) {
        return pilot().projects().list(filter, PageRequest.first()).items();
    }

    private long count(Project project) {
        return walk(PageRequest.MAX_LIMIT, request -> pilot().projects().list(ProjectFilter.ALL, request)).stream()
                .filter(other -> other.name().equals(project.name()))
                .count();
    }

    private List<String> types(Project project) {
        return events(new EventFilter(Subject.project(project.id()), null, null, null)).stream()
                .map(Event::type)
                .toList();
    }

    private static ProjectEdit edit(ProjectId id, UpdateProject.Builder patch) {
        return new ProjectEdit(id, patch.build());
    }

    private static Map<String, Long> grown(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> grown = new java.util.TreeMap<>(after);
        for (String key : Set.copyOf(grown.keySet())) {
            long more = grown.get(key) - before.getOrDefault(key, 0L);
            if (more == 0) {
                grown.remove(key);
            } else {
                grown.put(key, more);
            }
        }
        return grown;
    }
}
