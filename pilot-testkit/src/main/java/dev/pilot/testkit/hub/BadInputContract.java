package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.of;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.Id;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.ActionKind;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.ProjectEdit;
import dev.pilot.api.project.ProjectFilter;
import dev.pilot.api.project.TaskFilter;
import dev.pilot.api.project.UpdateProject;
import dev.pilot.api.project.UpdateTask;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.CreateAgent;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.PageRequest;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hub promises about input that is wrong: each limit holds at its edge, and what is refused is named. */
public abstract class BadInputContract extends HubContract {
    /** For subclasses. */
    protected BadInputContract() {}

    /** Gives a text to some field. */
    interface Giver extends BiConsumer<BadInputContract, String> {}

    static Stream<Arguments> textLimits() {
        return Stream.of(
                text("name", 200, (test, text) -> test.create(CreateProject.builder(text))),
                text("description", 20_000, (test, text) -> test.create(any().description(text))),
                text("notes", 100_000, (test, text) -> test.create(any().notes(text))),
                text("category", 100, (test, text) -> test.create(any().category(text))),
                text("tags", 64, (test, text) -> test.create(any().tags(List.of(text)))),
                text(
                        "name",
                        200,
                        (test, text) -> test.update(UpdateProject.builder().name(Edit.set(text)))),
                text(
                        "description",
                        20_000,
                        (test, text) -> test.update(UpdateProject.builder().description(Edit.set(text)))),
                text(
                        "notes",
                        100_000,
                        (test, text) -> test.update(UpdateProject.builder().notes(Edit.set(text)))),
                text(
                        "category",
                        100,
                        (test, text) -> test.update(UpdateProject.builder().category(Edit.set(text)))),
                text(
                        "tags",
                        64,
                        (test, text) -> test.update(UpdateProject.builder().tags(Edit.set(List.of(text))))),
                text("title", 200, (test, text) -> test.task(text, task -> task)),
                text("description", 20_000, (test, text) -> test.task("task", task -> task.description(text))),
                text("acceptance", 2_000, (test, text) -> test.task("task", task -> task.acceptance(List.of(text)))),
                text("role", 100, (test, text) -> test.task("task", task -> task.role(text))),
                text(
                        "name",
                        200,
                        (test, text) -> test.pilot()
                                .agents()
                                .create(CreateAgent.builder(text).build())),
                text(
                        "description",
                        20_000,
                        (test, text) -> test.pilot()
                                .agents()
                                .create(CreateAgent.builder("agent")
                                        .description(text)
                                        .build())),
                text(
                        "role",
                        100,
                        (test, text) -> test.pilot()
                                .agents()
                                .create(CreateAgent.builder("agent").role(text).build())),
                text(
                        "goal",
                        20_000,
                        (test, text) -> test.pilot()
                                .runs()
                                .create(test.stage().run().goal(text).build())),
                text("events[0].title", 500, (test, text) -> test.append(event().title(text))),
                text("events[0].message", 20_000, (test, text) -> test.append(event().message(text))),
                text("events[0].type", 64, (test, text) -> test.append(event().type(text))),
                text("events[0].subject", 32, (test, text) -> test.append(NewEvent.builder(new Subject(text, "id")))));
    }

    private static Arguments text(String field, int limit, Giver giver) {
        return of(field, limit, giver);
    }

    @ParameterizedTest(name = "{0} may have {1}")
    @MethodSource("textLimits")
    void aTextMayBeAsLongAsItsLimitAndNoLonger(String field, int limit, Giver giver) {
        giver.accept(this, "x".repeat(limit));
        invalid(field, () -> giver.accept(this, "x".repeat(limit + 1)));
    }

    static Stream<Arguments> listLimits() {
        return Stream.of(
                list("tags", 50, (test, items) -> test.create(any().tags(items))),
                list("acceptance", 100, (test, items) -> test.task("task", task -> task.acceptance(items))));
    }

    /** Gives a list to some field. */
    interface ListGiver extends BiConsumer<BadInputContract, List<String>> {}

    private static Arguments list(String field, int limit, ListGiver giver) {
        return of(field, limit, giver);
    }

    @ParameterizedTest(name = "{0} may have {1}")
    @MethodSource("listLimits")
    void aListMayBeAsLongAsItsLimitAndNoLonger(String field, int limit, ListGiver giver) {
        List<String> items =
                IntStream.rangeClosed(0, limit).mapToObj(i -> "item " + i).toList();
        giver.accept(this, items.subList(0, limit));
        invalid(field, () -> giver.accept(this, items));
    }

    @Test
    void aTaskMayDependOnTwoHundredOthersAndNoMore() {
        RunStage stage = stage();
        List<TaskId> many = IntStream.rangeClosed(0, 200)
                .mapToObj(i -> stage.task("task " + i).id())
                .toList();
        CreateTask task = CreateTask.builder(stage.project.id(), "last").build();
        pilot().tasks().create(task.toBuilder().dependsOn(many.subList(0, 200)).build());
        invalid(
                "dependsOn",
                () -> pilot().tasks().create(task.toBuilder().dependsOn(many).build()));
    }

    static Stream<Arguments> jsonLimits() {
        return Stream.of(
                json("attributes", (test, json) -> test.create(any().attributes(json))),
                json(
                        "attributes",
                        (test, json) -> test.update(UpdateProject.builder().attributes(Edit.set(json)))),
                json(
                        "attributes",
                        (test, json) -> test.pilot()
                                .agents()
                                .create(CreateAgent.builder("agent")
                                        .attributes(json)
                                        .build())),
                json(
                        "inputs",
                        (test, json) -> test.pilot()
                                .runs()
                                .create(test.stage().run().inputs(json).build())),
                json("events[0].data", (test, json) -> test.append(event().data(json))));
    }

    /** Gives JSON to some field. */
    interface JsonGiver extends BiConsumer<BadInputContract, Json.Obj> {}

    private static Arguments json(String field, JsonGiver giver) {
        return of(field, giver);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jsonLimits")
    void freeFieldsMayHave65536CharactersOfJsonAndNoMore(String field, JsonGiver giver) {
        Json.Obj largest = Json.object("a", "x".repeat(65_536 - "{\"a\":\"\"}".length()));
        assertThat(largest.toString()).hasSize(65_536);
        giver.accept(this, largest);
        invalid(field, () -> giver.accept(this, Json.object("ab", largest.get("a"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void aNameIsNotBlank(String blank) {
        Project project = project();
        invalid("name", () -> create(CreateProject.builder(blank)));
        invalid(
                "name",
                () -> pilot().projects()
                        .update(
                                project.id(),
                                UpdateProject.builder().name(Edit.set(blank)).build()));
        invalid("name", () -> pilot().projects().replace(project.id(), CreateProject.named(blank), null));
        invalid("title", () -> task(blank, task -> task));
        invalid("name", () -> pilot().agents().create(CreateAgent.builder(blank).build()));
        invalid("goal", () -> pilot().runs().create(stage().run().goal(blank).build()));
        assertThat(pilot().projects().get(project.id())).isEqualTo(project);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void progressIsFromZeroToAHundred(int wrong) {
        Project project = project();
        invalid("progress", () -> create(any().progress(wrong)));
        invalid(
                "progress",
                () -> pilot().projects()
                        .update(
                                project.id(),
                                UpdateProject.builder()
                                        .progress(Edit.set(wrong))
                                        .build()));
        invalid(
                "progress",
                () -> pilot().projects()
                        .replace(project.id(), any().progress(wrong).build(), null));
        assertThat(pilot().projects().get(project.id())).isEqualTo(project);
    }

    @Test
    void allProblemsAreToldAtOnce() {
        InvalidInput error = refused(
                InvalidInput.class,
                () -> create(CreateProject.builder(" ")
                        .progress(-1)
                        .category("x".repeat(101))
                        .repoId(new RepoId(unique("unknown")))));
        assertThat(error.fields())
                .extracting(dev.pilot.api.error.FieldError::field)
                .contains("name", "progress", "category", "repoId");
    }

    @Test
    void anUnknownRepositoryIsNoReference() {
        RepoId unknown = new RepoId(unique("unknown"));
        Project project = project();
        invalid("repoId", () -> create(any().repoId(unknown)));
        invalid(
                "repoId",
                () -> pilot().projects()
                        .update(
                                project.id(),
                                UpdateProject.builder()
                                        .repoId(Edit.set(unknown))
                                        .build()));
    }

    @Test
    void anUnknownDependencyOfAPatchIsNoReference() {
        RunStage stage = stage();
        var task = stage.task("task");
        invalid(
                "dependsOn",
                () -> pilot().tasks()
                        .update(
                                task.id(),
                                UpdateTask.builder()
                                        .dependsOn(Edit.set(List.of(new TaskId(unique("unknown")))))
                                        .build()));
        assertThat(pilot().tasks().get(task.id())).isEqualTo(task);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Note", "9note", "no te", "nöte", "-note", "_note", "", "note!"})
    void anEventsTypeHasAGrammar(String type) {
        invalid("events[0].type", () -> append(event().type(type)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Thing", "th_ing", "1thing", "", "th ing"})
    void aSubjectsTypeHasAGrammar(String type) {
        invalid("events[0].subject", () -> append(NewEvent.builder(new Subject(type, "id"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "!", "AAAA", "-1"})
    void aBadCursorIsNamed(String cursor) {
        PageRequest page = PageRequest.first(10).after(cursor);
        invalid("cursor", () -> pilot().projects().list(ProjectFilter.ALL, page));
        invalid("cursor", () -> pilot().tasks().list(TaskFilter.ALL, page));
        invalid("cursor", () -> pilot().agents().list(page));
        invalid("cursor", () -> pilot().runs().list(RunFilter.ALL, page));
        invalid("cursor", () -> pilot().approvals().list(ApprovalFilter.PENDING, page));
        invalid("cursor", () -> pilot().repos().list(page));
    }

    @Test
    void aBatchHasFiveHundredItemsAtMost() {
        Project project = project();
        ProjectEdit edit = new ProjectEdit(project.id(), UpdateProject.builder().build());
        List<ProjectEdit> edits = IntStream.range(0, 501).mapToObj(i -> edit).toList();
        assertThat(pilot().projects().batch(edits.subList(0, 500))).hasSize(500);
        refused(InvalidInput.class, () -> pilot().projects().batch(edits));
        ApplyAction action = ApplyAction.builder(project.id(), ActionKind.ADD_TAG)
                .params(Json.object("tag", "t"))
                .build();
        List<ApplyAction> actions =
                IntStream.range(0, 501).mapToObj(i -> action).toList();
        assertThat(pilot().projects().apply(actions.subList(0, 500))).hasSize(500);
        refused(InvalidInput.class, () -> pilot().projects().apply(actions));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1001, Integer.MIN_VALUE})
    void aRunHasASensibleNumberOfAttempts(int attempts) {
        RunStage stage = stage();
        invalid(
                "policy.maxAttempts",
                () -> pilot().runs()
                        .create(stage.run()
                                .policy(RunPolicy.builder()
                                        .maxAttempts(attempts)
                                        .build())
                                .build()));
    }

    @Test
    void commentsHaveALimit() {
        RunStage stage = stage();
        String longest = "x".repeat(20_000);
        var proposed = stage.in(RunState.PROPOSED);
        invalid("comment", () -> pilot().runs().approve(proposed.id(), longest + "x"));
        assertThat(pilot().runs().approve(proposed.id(), longest).state()).isEqualTo(RunState.QUEUED);
        pilot().runs().cancel(proposed.id(), null);
        var review = stage.in(RunState.REVIEW);
        invalid("comment", () -> pilot().runs().reject(review.id(), longest + "x", true));
        assertThat(pilot().runs().reject(review.id(), longest, true).feedback()).isEqualTo(longest);
    }

    @Test
    void anIdMayHave128Characters() {
        ProjectId longest = new ProjectId("A-z.0_:".repeat(19).substring(0, Id.MAX_LENGTH));
        assertThat(create(any().id(longest)).id()).isEqualTo(longest);
        assertThat(pilot().projects().get(longest).id()).isEqualTo(longest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", "a:b", "-", "_", "a.-_:9"})
    void anIdMayHaveAnyCharacterOfItsGrammar(String odd) {
        RunId id = new RunId(odd);
        Run made = pilot().runs().create(stage().run().id(id).build());
        assertThat(made.id()).isEqualTo(id);
        assertThat(pilot().runs().get(id)).isEqualTo(made);
        assertThat(pilot().runs().cancel(id, null).state()).isEqualTo(RunState.CANCELLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a b", "a/b", "ü", "%41"})
    void whatIsNoIdIsRefusedAtOnce(String text) {
        invalid("id", () -> new ProjectId(text));
        invalid("id", () -> new ProjectId("x".repeat(Id.MAX_LENGTH + 1)));
    }

    @Test
    void freeJsonMayBeNestedAsDeepAsItsLimitAndNoDeeper() {
        Project deep = create(any().attributes(nested(32)));
        assertThat(pilot().projects().get(deep.id()).attributes()).isEqualTo(nested(32));

        invalid("attributes", () -> create(any().attributes(nested(33))));
        invalid("attributes", () -> update(UpdateProject.builder().attributes(Edit.set(nested(33)))));
        invalid("events[0].data", () -> append(event().data(nested(33))));
    }

    private static Json.Obj nested(int levels) {
        Json.Obj nested = Json.object();
        for (int i = 1; i < levels; i++) {
            nested = Json.object("a", nested);
        }
        return nested;
    }

    private static CreateProject.Builder any() {
        return CreateProject.builder(unique("project"));
    }

    private static NewEvent.Builder event() {
        return NewEvent.builder(new Subject("thing", unique("thing")));
    }

    private Project create(CreateProject.Builder project) {
        return pilot().projects().create(project.build());
    }

    private void update(UpdateProject.Builder patch) {
        pilot().projects().update(project().id(), patch.build());
    }

    private void task(String title, java.util.function.UnaryOperator<CreateTask.Builder> with) {
        pilot().tasks()
                .create(with.apply(CreateTask.builder(project().id(), title)).build());
    }

    private void append(NewEvent.Builder event) {
        done(pilot().events().append(List.of(event.build())));
    }
}
