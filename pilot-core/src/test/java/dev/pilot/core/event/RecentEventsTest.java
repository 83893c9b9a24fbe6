package dev.pilot.core.event;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.id.EventId;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Json;
import dev.pilot.core.access.Reach;
import dev.pilot.core.config.FollowLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
    private static final EventFilter OF_A = new EventFilter(new Subject("thing", "a"), null, null, null);

    private final RecentEvents recent = new RecentEvents(new FollowLimits(10, 1 << 20, Duration.ofMillis(50)));

    private static Event event(long position, String subject, String message) {
        return new Event(
                position,
                new EventId("evt_" + position),
                Instant.EPOCH,
                new Subject("thing", subject),
                null,
                null,
                "note",
                Level.INFO,
                "",
                message,
                Json.object());
    }

    private void add(long... positions) {
        recent.add(LongStream.of(positions)
                .mapToObj(position -> event(position, position % 2 == 0 ? "a" : "b", ""))
                .toList());
    }

    private List<Long> positions(long after, EventFilter filter) {
        return requireNonNull(recent.after(after, filter, Reach.ALL)).events().stream()
                .map(Event::position)
                .toList();
    }

    @Test
    void whatFollowsAPositionIsToldThoughPositionsHaveGaps() {
        recent.start(100);
        add(101, 104, 105, 110);
        assertThat(positions(100, EventFilter.ALL)).containsExactly(101L, 104L, 105L, 110L);
        assertThat(positions(102, EventFilter.ALL)).containsExactly(104L, 105L, 110L);
        assertThat(positions(104, EventFilter.ALL)).containsExactly(105L, 110L);
        assertThat(positions(110, EventFilter.ALL)).isEmpty();
        assertThat(recent.after(99, EventFilter.ALL, Reach.ALL)).isNull();
    }

    @Test
    void whoeverWantsNothingOfItIsAsFarAsAllTheOthers() {
        recent.start(0);
        add(1, 3, 5);
        assertThat(recent.after(0, OF_A, Reach.ALL)).isEqualTo(new RecentEvents.Slice(List.of(), 5));
        assertThat(recent.after(7, OF_A, Reach.ALL)).isEqualTo(new RecentEvents.Slice(List.of(), 7));
    }

    @Test
    void theOldestGivesWayAndWhoeverNeedsItIsSentToTheStore() {
        recent.start(0);
        for (long position = 1; position <= 25; position++) {
            add(position);
        }
        assertThat(recent.after(14, EventFilter.ALL, Reach.ALL)).isNull();
        assertThat(positions(15, EventFilter.ALL)).hasSize(10).startsWith(16L).endsWith(25L);
        assertThat(positions(18, OF_A)).containsExactly(20L, 22L, 24L);
    }

    @Test
    void largeEventsGiveWayEarlierAndComeInSmallerParts() {
        recent.start(0);
        String large = "x".repeat(300_000);
        for (long position = 1; position <= 5; position++) {
            recent.add(List.of(event(position, "a", large)));
        }
        assertThat(recent.after(1, OF_A, Reach.ALL)).isNull();
        assertThat(positions(2, OF_A)).containsExactly(3L);
        assertThat(requireNonNull(recent.after(2, OF_A, Reach.ALL)).reached()).isEqualTo(3);
    }

    @Test
    void thoseWhoWantTheSameGetTheSameList() {
        recent.start(0);
        add(1, 2, 3);
        EventFilter same = new EventFilter(new Subject("thing", "a"), null, null, null);
        assertThat(requireNonNull(recent.after(0, OF_A, Reach.ALL)).events())
                .isSameAs(requireNonNull(recent.after(0, same, Reach.ALL)).events());
        add(4);
        assertThat(positions(0, same)).containsExactly(2L, 4L);
    }
}
