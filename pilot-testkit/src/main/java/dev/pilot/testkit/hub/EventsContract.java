package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ActionId;
import dev.pilot.api.id.EventId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.project.ActionKind;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.EventFollower;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a hub promises about its log: appending, listing, following. */
public abstract class EventsContract extends HubContract {
    /** For subclasses. */
    protected EventsContract() {}

    @Test
    void everyFieldComesBackAsItWasGiven() {
        Subject subject = subject();
        NewEvent event = NewEvent.builder(subject)
                .runId(new RunId(unique("run")))
                .projectId(new ProjectId(unique("project")))
                .type("tool.call_1-x")
                .level(Level.WARN)
                .title("title ü😀")
                .message("message\nwith \"lines\"")
                .data(Json.object("n", new Json.Num("1.10"), "none", null))
                .id(new EventId(unique("own")))
                .build();
        assertThat(append(List.of(event)).events()).containsExactly(new Created<>(event.id(), true));

        Event kept = list(subject).get(0);
        assertThat(kept.position()).isPositive();
        assertThat(kept.id()).isEqualTo(event.id());
        assertThat(kept.subject()).isEqualTo(subject);
        assertThat(kept.runId()).isEqualTo(event.runId());
        assertThat(kept.projectId()).isEqualTo(event.projectId());
        assertThat(kept.type()).isEqualTo("tool.call_1-x");
        assertThat(kept.level()).isEqualTo(Level.WARN);
        assertThat(kept.title()).isEqualTo(event.title());
        assertThat(kept.message()).isEqualTo(event.message());
        assertThat(kept.data().toString()).isEqualTo("{\"n\":1.10,\"none\":null}");
        assertThat(kept.at()).isBeforeOrEqualTo(fixture().clock().instant());
    }

    @Test
    void anEventWithoutAnIdGetsOne() {
        Subject subject = subject();
        Appended appended = append(List.of(note(subject, "a"), note(subject, "b")));
        assertThat(appended.events()).hasSize(2).allMatch(Created::isNew);
        assertThat(list(subject))
                .extracting(Event::id)
                .containsExactlyElementsOf(
                        appended.events().stream().map(Created::value).toList());
        assertThat(appended.events().get(0).value())
                .isNotEqualTo(appended.events().get(1).value());
    }

    @Test
    void theSameIdTwiceIsOneEvent() {
        Subject subject = subject();
        NewEvent event =
                note(subject, "once").toBuilder().id(new EventId(unique("own"))).build();
        append(List.of(event));
        Appended again = append(List.of(note(subject, "other"), event, note(subject, "more")));
        assertThat(again.events()).extracting(Created::isNew).containsExactly(true, false, true);
        assertThat(list(subject)).extracting(Event::title).containsExactly("once", "other", "more");
    }

    @Test
    void theSameIdTwiceInOneCallIsOneEvent() {
        Subject subject = subject();
        NewEvent event =
                note(subject, "once").toBuilder().id(new EventId(unique("own"))).build();
        assertThat(append(List.of(event, event)).events())
                .extracting(Created::isNew)
                .containsExactly(true, false);
        assertThat(list(subject)).hasSize(1);
    }

    @Test
    void nobodyTakesTheIdOfWhatOnlyTheHubWrites() {
        NewEvent event = note(subject(), "not mine").toBuilder()
                .id(new EventId("hub_use_" + unique("x")))
                .build();
        refused(InvalidInput.class, pilot().events().append(List.of(event)));
        ApplyAction action = ApplyAction.builder(
                        pilot().projects().create(CreateProject.named("p")).id(), ActionKind.APPEND_NOTE)
                .id(new ActionId(unique("taken")))
                .params(Json.object("note", "first"))
                .build();
        append(List.of(note(subject(), "an event of that name").toBuilder()
                .id(new EventId(action.id().value()))
                .build()));
        assertThat(pilot().projects().apply(List.of(action)).get(0).get().replayed())
                .isFalse();
        assertThat(pilot().projects().apply(List.of(action)).get(0).get().replayed())
                .isTrue();
    }

    @Test
    void anAppendIsAllOrNothing() {
        Subject subject = subject();
        List<NewEvent> events = List.of(
                note(subject, "good"),
                note(subject, "bad").toBuilder().type("No Such Type").build());
        refused(InvalidInput.class, pilot().events().append(events));
        assertThat(list(subject)).isEmpty();
    }

    @Test
    void aThousandEventsAtOnceAreFineAndOneMoreIsNot() {
        Subject subject = subject();
        List<NewEvent> thousand = IntStream.range(0, 1000)
                .mapToObj(i -> note(subject, "event " + i))
                .toList();
        assertThat(append(thousand).events()).hasSize(1000);
        List<NewEvent> more = new ArrayList<>(thousand);
        more.add(note(subject, "one more"));
        refused(InvalidInput.class, pilot().events().append(more));
        assertThat(list(subject)).hasSize(1000);
    }

    @Test
    void anEmptyAppendIsRefused() {
        refused(InvalidInput.class, pilot().events().append(List.of()));
    }

    @Test
    void whatWasAppendedLaterHasAHigherPosition() {
        long before = pilot().events().lastPosition();
        Subject subject = subject();
        for (int i = 0; i < 5; i++) {
            append(List.of(note(subject, "a" + i), note(subject, "b" + i)));
        }
        List<Event> events = list(subject);
        assertThat(events)
                .extracting(Event::position)
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(p -> p > before);
        assertThat(events).extracting(Event::title).startsWith("a0", "b0", "a1");
        assertThat(pilot().events().lastPosition())
                .isGreaterThanOrEqualTo(events.get(9).position());
    }

    @Test
    void aListGoesOnBehindItsCursor() {
        Subject subject = subject();
        for (int i = 0; i < 5; i++) {
            append(List.of(note(subject, "" + i)));
        }
        EventFilter filter = new EventFilter(subject, null, null, null);
        Page<Event> first = pilot().events().list(filter, 0, 2);
        assertThat(first.items()).extracting(Event::title).containsExactly("0", "1");
        assertThat(first.next()).isEqualTo(String.valueOf(first.items().get(1).position()));
        Page<Event> rest = pilot().events().list(filter, first.items().get(1).position(), 100);
        assertThat(rest.items()).extracting(Event::title).containsExactly("2", "3", "4");
        assertThat(rest.next()).isNull();
        assertThat(pilot().events()
                        .list(filter, rest.items().get(2).position(), 1)
                        .items())
                .isEmpty();
        invalid("limit", () -> pilot().events().list(filter, 0, 0));
        invalid("limit", () -> pilot().events().list(filter, 0, 1001));
        invalid("after", () -> pilot().events().list(filter, -1, 10));
    }

    @Test
    void eventsAreFilteredBySubjectRunProjectAndType() {
        RunId run = new RunId(unique("run"));
        ProjectId project = new ProjectId(unique("project"));
        Subject subject = subject();
        append(List.of(
                note(subject, "1").toBuilder().runId(run).build(),
                note(subject, "2").toBuilder().projectId(project).build(),
                note(subject, "3").toBuilder()
                        .runId(run)
                        .projectId(project)
                        .type("other")
                        .build(),
                note(new Subject(subject.type() + "x", subject.id()), "4")));
        assertThat(titles(new EventFilter(subject, null, null, null))).containsExactly("1", "2", "3");
        assertThat(titles(EventFilter.of(run))).containsExactly("1", "3");
        assertThat(titles(new EventFilter(null, null, project, null))).containsExactly("2", "3");
        assertThat(titles(new EventFilter(null, run, project, "other"))).containsExactly("3");
        assertThat(titles(new EventFilter(subject, run, null, "note"))).containsExactly("1");
    }

    @Test
    void aFollowerGetsAllLaterEventsOnceAndInOrderFromEachPosition() {
        Subject subject = subject();
        for (int i = 0; i < 10; i++) {
            append(List.of(note(subject, "old " + i)));
        }
        List<Event> old = list(subject);
        EventFilter filter = new EventFilter(subject, null, null, null);
        List<CollectingFollower> followers = new ArrayList<>();
        List<Registration> registrations = new ArrayList<>();
        for (int from = 0; from <= old.size(); from++) {
            CollectingFollower follower = new CollectingFollower();
            long after = from == 0 ? 0 : old.get(from - 1).position();
            followers.add(follower);
            registrations.add(pilot().events().follow(filter, after, follower));
        }
        for (int i = 0; i < 10; i++) {
            append(List.of(note(subject, "new " + i)));
        }
        List<Event> all = list(subject);
        for (int from = 0; from <= old.size(); from++) {
            CollectingFollower follower = followers.get(from);
            List<Event> expected = all.subList(from, all.size());
            eventually().until(() -> follower.size() >= expected.size());
            assertThat(follower.events()).as("from " + from).isEqualTo(expected);
            assertThat(follower.overlapped()).isFalse();
        }
        registrations.forEach(Registration::close);
    }

    @Test
    void aFollowerOfARunOrTypeGetsNothingElse() {
        RunId run = new RunId(unique("run"));
        Subject subject = subject();
        CollectingFollower follower = new CollectingFollower();
        try (Registration following = pilot().events().follow(new EventFilter(null, run, null, "mine"), 0, follower)) {
            for (int i = 0; i < 20; i++) {
                NewEvent.Builder event = note(subject, "" + i).toBuilder().runId(i % 2 == 0 ? run : new RunId("other"));
                append(List.of(event.type(i % 4 == 0 ? "mine" : "yours").build()));
            }
            eventually().until(() -> follower.size() >= 5);
            assertThat(follower.events()).extracting(Event::title).containsExactly("0", "4", "8", "12", "16");
            assertThat(following).isNotNull();
        }
    }

    @Test
    void aFollowerSeesWhatManyAppendAtOnceEachEventOnce() {
        Subject subject = subject();
        int threads = 4;
        int each = 50;
        CollectingFollower follower = new CollectingFollower();
        EventFilter filter = new EventFilter(subject, null, null, null);
        try (Registration following = pilot().events().follow(filter, 0, follower);
                AtOnce atOnce = new AtOnce(threads)) {
            atOnce.run(thread -> IntStream.range(0, each)
                    .mapToObj(i -> append(List.of(note(subject, thread + "/" + i))))
                    .toList());
            eventually().until(() -> follower.size() >= threads * each);
            assertThat(following).isNotNull();
        }
        assertThat(follower.events()).isEqualTo(list(subject));
        assertThat(follower.events()).extracting(Event::position).isSorted().doesNotHaveDuplicates();
        for (int thread = 0; thread < threads; thread++) {
            String mine = thread + "/";
            assertThat(follower.events())
                    .extracting(Event::title)
                    .filteredOn(title -> title.startsWith(mine))
                    .as("each appender's own order")
                    .isEqualTo(IntStream.range(0, each).mapToObj(i -> mine + i).toList());
        }
    }

    @Test
    void theNextEventsComeWhenTheFollowerIsReady() {
        Subject subject = subject();
        EventFilter filter = new EventFilter(subject, null, null, null);
        CompletableFuture<Void> ready = new CompletableFuture<>();
        AtomicInteger calls = new AtomicInteger();
        CollectingFollower slow = new CollectingFollower();
        CollectingFollower quick = new CollectingFollower();
        EventFollower holding = new EventFollower() {
            @Override
            public CompletionStage<?> onEvents(List<Event> events) {
                calls.incrementAndGet();
                CompletionStage<?> kept = slow.onEvents(events);
                return ready.thenCompose(nothing -> kept);
            }
        };
        try (Registration one = pilot().events().follow(filter, 0, holding);
                Registration two = pilot().events().follow(filter, 0, quick)) {
            append(List.of(note(subject, "first")));
            eventually().until(() -> calls.get() == 1);
            for (int i = 0; i < 300; i++) {
                append(List.of(note(subject, "more " + i)));
            }
            eventually().until(() -> quick.size() == 301);
            assertThat(calls).as("not called while it works").hasValue(1);
            ready.complete(null);
            eventually().until(() -> slow.size() == 301);
            assertThat(slow.events()).isEqualTo(quick.events());
            assertThat(List.of(one, two)).doesNotContainNull();
        }
    }

    @Test
    void aClosedFollowerIsToldAndGetsNothingMore() {
        Subject subject = subject();
        EventFilter filter = new EventFilter(subject, null, null, null);
        CollectingFollower follower = new CollectingFollower();
        Registration following = pilot().events().follow(filter, 0, follower);
        append(List.of(note(subject, "before")));
        eventually().until(() -> follower.size() == 1);
        following.close();
        following.close();
        eventually().until(() -> !follower.ends().isEmpty());

        CollectingFollower other = new CollectingFollower();
        try (Registration second = pilot().events().follow(filter, 0, other)) {
            append(List.of(note(subject, "after")));
            eventually().until(() -> other.size() == 2);
            assertThat(second).isNotNull();
        }
        assertThat(follower.size()).isEqualTo(1);
        assertThat(follower.ends()).as("once, without a cause").hasSize(1).containsOnlyNulls();
    }

    @Test
    void aFollowerMayCloseItselfFromWithin() {
        Subject subject = subject();
        CompletableFuture<Registration> self = new CompletableFuture<>();
        CollectingFollower kept = new CollectingFollower();
        EventFollower once = new EventFollower() {
            @Override
            public CompletionStage<?> onEvents(List<Event> events) {
                CompletionStage<?> done = kept.onEvents(events);
                return self.thenAccept(Registration::close).thenCompose(nothing -> done);
            }

            @Override
            public void onEnd(dev.pilot.api.error.@org.jspecify.annotations.Nullable PilotException cause) {
                kept.onEnd(cause);
            }
        };
        append(List.of(note(subject, "first")));
        self.complete(pilot().events().follow(new EventFilter(subject, null, null, null), 0, once));
        eventually().until(() -> kept.ends().size() == 1);
        assertThat(kept.events()).hasSize(1);
    }

    @Test
    void aPositionThatTheLogNeverGaveIsAResetAndAllIsToldAgain() {
        Subject subject = subject();
        append(List.of(note(subject, "1"), note(subject, "2")));
        CollectingFollower follower = new CollectingFollower();
        List<String> epochs = new CopyOnWriteArrayList<>();
        EventFollower listening = new EventFollower() {
            @Override
            public CompletionStage<?> onEvents(List<Event> events) {
                return follower.onEvents(events);
            }

            @Override
            public void onReset(String epoch) {
                epochs.add(epoch + " after " + follower.size());
            }
        };
        long beyond = pilot().events().lastPosition() + 1_000_000;
        EventFilter filter = new EventFilter(subject, null, null, null);
        try (Registration following = pilot().events().follow(filter, beyond, listening)) {
            eventually().until(() -> follower.size() == 2);
            append(List.of(note(subject, "3")));
            eventually().until(() -> follower.size() == 3);
            assertThat(following).isNotNull();
        }
        assertThat(epochs).containsExactly(pilot().system().meta().epoch() + " after 0");
        assertThat(follower.events()).isEqualTo(list(subject));
    }

    @Test
    void manyFollowersOfManyThingsGetTheirsOnceAndInOrderWhileMoreIsAppended() {
        List<Subject> subjects = IntStream.range(0, 5).mapToObj(i -> subject()).toList();
        List<CollectingFollower> followers = new ArrayList<>();
        List<Registration> registrations = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            CollectingFollower follower = new CollectingFollower();
            followers.add(follower);
            EventFilter filter = new EventFilter(subjects.get(i % 5), null, null, null);
            registrations.add(pilot().events().follow(filter, 0, follower));
            append(subjects.stream().map(subject -> note(subject, "more")).toList());
        }
        for (int i = 0; i < followers.size(); i++) {
            CollectingFollower follower = followers.get(i);
            List<Event> expected = list(subjects.get(i % 5));
            eventually().until(() -> follower.size() >= expected.size());
            assertThat(follower.events()).isEqualTo(expected);
            assertThat(follower.overlapped()).isFalse();
        }
        registrations.forEach(Registration::close);
    }

    @Test
    void theHubsOwnEventsAreFollowedToo() {
        RunStage stage = stage();
        CollectingFollower follower = new CollectingFollower();
        EventFilter filter = new EventFilter(null, null, stage.project.id(), "status");
        try (Registration following =
                pilot().events().follow(filter, pilot().events().lastPosition(), follower)) {
            stage.queued();
            stage.finish(RunStage.succeeded(RunStage.leaseOf(stage.claim())));
            eventually().until(() -> follower.size() == 3);
            assertThat(follower.events())
                    .extracting(event -> event.data().text("move"))
                    .containsExactly("create", "claim", "succeed");
            assertThat(following).isNotNull();
        }
    }

    @Test
    void aWorkersEventsBelongToItsRun() {
        RunStage stage = stage();
        stage.queued();
        var lease = RunStage.leaseOf(stage.claim());
        NewEvent event = NewEvent.builder(Subject.run(lease.runId()))
                .type("tool")
                .title("ran")
                .id(new EventId(unique("own")))
                .build();
        assertThat(done(pilot().work().append(lease, List.of(event))).events())
                .containsExactly(new Created<>(event.id(), true));
        assertThat(done(pilot().work().append(lease, List.of(event))).events())
                .containsExactly(new Created<>(event.id(), false));
        assertThat(events(new EventFilter(null, lease.runId(), null, "tool")))
                .singleElement()
                .satisfies(kept -> {
                    assertThat(kept.projectId()).isEqualTo(stage.project.id());
                    assertThat(kept.runId()).isEqualTo(lease.runId());
                });
    }

    private static Subject subject() {
        return new Subject("thing", unique("thing"));
    }

    private static NewEvent note(Subject subject, String title) {
        return NewEvent.builder(subject).title(title).build();
    }

    private Appended append(List<NewEvent> events) {
        return done(pilot().events().append(events));
    }

    private List<Event> list(Subject subject) {
        return events(new EventFilter(subject, null, null, null));
    }

    private List<String> titles(EventFilter filter) {
        return events(filter).stream().map(Event::title).toList();
    }
}
