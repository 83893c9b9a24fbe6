package dev.pilot.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.id.EventId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events: the log that never changes. */
abstract class EventsContract extends StoreStage {
    private Appended append(List<NewEvent> events) {
        return Together.await(store.append(events).toCompletableFuture());
    }

    private List<Event> all() {
        return read(view -> view.events().after(0, EventFilter.ALL, 100_000));
    }

    @Test
    void anEventIsReadAsItWasAppended() {
        NewEvent full = NewEvent.builder(new Subject("artifact", "art:1"))
                .id(new EventId("evt_1"))
                .runId(new RunId("run_1"))
                .projectId(new ProjectId("prj_1"))
                .type("usage")
                .level(Level.WARN)
                .title("A title")
                .message("A message")
                .data(Json.object("z", 1.50, "a", List.of(1, "x"), "nothing", null, "in", Map.of("deep", true)))
                .build();
        append(List.of(full, Samples.event("evt_2")));

        Event first = read(view -> view.events().find(new EventId("evt_1")).orElseThrow());
        assertThat(first)
                .isEqualTo(new Event(
                        first.position(),
                        new EventId("evt_1"),
                        first.at(),
                        full.subject(),
                        full.runId(),
                        full.projectId(),
                        full.type(),
                        full.level(),
                        full.title(),
                        full.message(),
                        full.data()));
        assertThat(first.data().toString()).isEqualTo(full.data().toString());
        Event second = all().get(1);
        assertThat(second.runId()).isNull();
        assertThat(second.projectId()).isNull();
        assertThat(second.data()).isEqualTo(Json.object());
    }

    @Test
    void anEventHasTheStoresTime() {
        clock.advance(Duration.ofDays(1));
        Instant before = store.write("unit", unit -> {
            unit.events().append(List.of(Samples.event("evt_1")));
            return unit.now();
        });
        append(List.of(Samples.event("evt_2")));

        assertThat(all().get(0).at()).isEqualTo(before);
        assertThat(all().get(1).at()).isAfterOrEqualTo(before).isBefore(before.plusSeconds(60));
    }

    @Test
    void theSameIdTwiceIsOneEventWithinACall() {
        Appended answer = append(List.of(
                Samples.event("evt_1"),
                Samples.event("evt_2"),
                Samples.event("evt_1", "run", "run_other"),
                Samples.event("evt_3")));

        assertThat(answer.events())
                .containsExactly(
                        new Created<>(new EventId("evt_1"), true),
                        new Created<>(new EventId("evt_2"), true),
                        new Created<>(new EventId("evt_1"), false),
                        new Created<>(new EventId("evt_3"), true));
        assertThat(all()).extracting(event -> event.id().value()).containsExactly("evt_1", "evt_2", "evt_3");
        assertThat(all().get(0).subject().type()).isEqualTo("project");
    }

    @Test
    void theSameIdTwiceIsOneEventAcrossCallsAndUnits() {
        append(Samples.events("evt_", 3));
        Event before = all().get(1);

        assertThat(append(List.of(Samples.event("evt_1", "run", "run_other"), Samples.event("evt_9")))
                        .events())
                .extracting(Created::isNew)
                .containsExactly(false, true);
        assertThat(store.write("unit", unit -> unit.events().append(Samples.events("evt_", 4)))
                        .events())
                .extracting(Created::isNew)
                .containsExactly(false, false, false, true);
        assertThat(all()).hasSize(5).contains(before);
    }

    @Test
    void callersThatAppendTheSameEventsShareThem() {
        int ids = 60;
        try (Together threads = new Together(8)) {
            List<Appended> answers = threads.run(number -> {
                List<NewEvent> shuffled = new ArrayList<>(Samples.events("evt_", ids));
                Collections.shuffle(shuffled, new Random(number));
                List<Created<EventId>> mine = new ArrayList<>();
                for (int from = 0; from < ids; from += 10) {
                    mine.addAll(append(shuffled.subList(from, from + 10)).events());
                }
                return new Appended(mine);
            });

            Map<EventId, Long> winners = answers.stream()
                    .flatMap(answer -> answer.events().stream())
                    .filter(Created::isNew)
                    .collect(Collectors.groupingBy(Created::value, Collectors.counting()));
            assertThat(winners)
                    .hasSize(ids)
                    .allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
        }
        assertThat(all()).hasSize(ids);
    }

    @Test
    void anAppendIsAllOrNothing() {
        List<NewEvent> events = new ArrayList<>(Samples.events("evt_", 5));
        events.add(NewEvent.builder(new Subject("run", "run_1")).build());

        assertThatThrownBy(() -> append(events))
                .satisfies(failure ->
                        assertThat(failure).isInstanceOfAny(NullPointerException.class, AssertionError.class));
        assertThat(all()).isEmpty();
    }

    @Test
    void nothingToAppendIsFine() {
        assertThat(append(List.of()).events()).isEmpty();
        assertThat(store.write("unit", unit -> unit.events().append(List.of())).events())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 5_000, 10_000})
    void oneCallMayAppendMany(int count) {
        assertThat(append(Samples.events("evt_", count)).events())
                .hasSize(count)
                .allMatch(Created::isNew);
        assertThat(all())
                .extracting(event -> event.id().value())
                .isEqualTo(IntStream.range(0, count).mapToObj(i -> "evt_" + i).toList());
    }

    @Test
    void positionsGrowInTheOrderOfTheCalls() {
        List<CompletableFuture<Appended>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(store.append(Samples.events("call" + i + "_", 4)).toCompletableFuture());
            if (i % 10 == 9) {
                int number = i;
                write(unit -> unit.events().append(List.of(Samples.event("unit" + number))));
            }
        }
        answers.forEach(Together::await);

        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            IntStream.range(0, 4).forEach(j -> expected.add("call" + number + "_" + j));
            if (i % 10 == 9) {
                expected.add("unit" + number);
            }
        }
        assertThat(all()).extracting(event -> event.id().value()).isEqualTo(expected);
        assertThat(all()).extracting(Event::position).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void firstAndLastPositionAreKnown() {
        assertThat(read((StoreView view) -> view.events().last())).isZero();
        assertThat(read((StoreView view) -> view.events().oldest())).isZero();
        append(Samples.events("evt_", 10));

        List<Event> events = all();
        assertThat(read((StoreView view) -> view.events().oldest()))
                .isEqualTo(events.get(0).position());
        assertThat(read((StoreView view) -> view.events().last()))
                .isEqualTo(events.get(9).position());
        assertThat(events.get(0).position()).isPositive();
        assertThat(read((StoreView view) -> view.events().find(new EventId("evt_none"))))
                .isEmpty();
    }

    @Test
    void eventsOfAFailedUnitLeaveNoTrace() {
        append(List.of(Samples.event("evt_1")));
        assertThatThrownBy(() -> write(unit -> {
                    unit.events().append(Samples.events("lost_", 5));
                    throw new IllegalStateException("as the test wants it");
                }))
                .isInstanceOf(IllegalStateException.class);
        append(List.of(Samples.event("lost_3")));

        assertThat(all()).extracting(event -> event.id().value()).containsExactly("evt_1", "lost_3");
    }

    /** Rule 7: whoever remembers the last position seen misses nothing. */
    @Test
    void eventsBecomeVisibleInTheOrderOfTheirPositions() {
        int each = 120;
        try (Together writers = new Together(6)) {
            CompletableFuture<List<Boolean>> writing = CompletableFuture.supplyAsync(() -> writers.run(number -> {
                for (int i = 0; i < each; i++) {
                    List<NewEvent> events = Samples.events(number + "_" + i + "_", 1 + i % 3);
                    if (number % 2 == 0) {
                        append(events);
                    } else {
                        write(unit -> unit.events().append(events));
                    }
                }
                return true;
            }));

            List<Event> seen = new ArrayList<>();
            boolean over;
            do {
                over = writing.isDone();
                long position = seen.isEmpty() ? 0 : seen.get(seen.size() - 1).position();
                seen.addAll(read(view -> view.events().after(position, EventFilter.ALL, 50)));
            } while (!over || seen.size() < 6 * each * 2 && !seen.equals(all()));
            Together.await(writing);
            assertThat(seen).isEqualTo(all()).hasSize(6 * each * 2);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyFilterFindsWhatItSays(long seed) {
        Random random = new Random(seed);
        List<NewEvent> events =
                IntStream.range(0, 300).mapToObj(i -> any(random, i)).toList();
        append(events);
        List<Event> all = all();

        for (int i = 0; i < 60; i++) {
            EventFilter filter = anyFilter(random);
            int limit = 1 + random.nextInt(40);
            assertThat(follow(filter, limit))
                    .as("%s, %s at a time", filter, limit)
                    .isEqualTo(
                            all.stream().filter(event -> matches(filter, event)).toList());
        }
    }

    private List<Event> follow(EventFilter filter, int limit) {
        List<Event> found = new ArrayList<>();
        while (true) {
            long position = found.isEmpty() ? 0 : found.get(found.size() - 1).position();
            List<Event> page = read(view -> view.events().after(position, filter, limit));
            assertThat(page.size()).isLessThanOrEqualTo(limit);
            found.addAll(page);
            if (page.size() < limit) {
                return found;
            }
        }
    }

    private static NewEvent any(Random random, int number) {
        return NewEvent.builder(anySubject(random))
                .id(new EventId("evt_" + number))
                .runId(random.nextBoolean() ? new RunId("run_" + random.nextInt(3)) : null)
                .projectId(random.nextBoolean() ? new ProjectId("prj_" + random.nextInt(3)) : null)
                .type("type" + random.nextInt(3))
                .build();
    }

    private static Subject anySubject(Random random) {
        return new Subject(random.nextBoolean() ? "run" : "task", "id_" + random.nextInt(3));
    }

    private static EventFilter anyFilter(Random random) {
        return new EventFilter(
                random.nextInt(3) == 0 ? anySubject(random) : null,
                random.nextInt(3) == 0 ? new RunId("run_" + random.nextInt(4)) : null,
                random.nextInt(3) == 0 ? new ProjectId("prj_" + random.nextInt(4)) : null,
                random.nextInt(3) == 0 ? "type" + random.nextInt(4) : null);
    }

    private static boolean matches(EventFilter filter, Event event) {
        return fits(filter.subject(), event.subject())
                && fits(filter.runId(), event.runId())
                && fits(filter.projectId(), event.projectId())
                && fits(filter.type(), event.type());
    }

    private static boolean fits(@Nullable Object wanted, @Nullable Object given) {
        return wanted == null || Objects.equals(wanted, given);
    }
}
