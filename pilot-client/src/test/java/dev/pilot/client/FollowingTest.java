package dev.pilot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.id.EventId;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.EventFollower;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Registration;
import dev.pilot.wire.ErrorBody;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.run.StreamEvents;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A follower of streams that are cut at every single byte, or say what real ones seldom say. */
final class FollowingTest {
    /** Every third byte: each kind of place is met, in a third of the time. */
    private static final int STEP = 3;

    private static final List<Event> EVENTS = List.of(event(3), event(7), event(8));

    private static final class Seen implements EventFollower {
        private final List<Event> events = new CopyOnWriteArrayList<>();
        private final List<String> said = new CopyOnWriteArrayList<>();
        private final CompletableFuture<@Nullable PilotException> end = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onEvents(List<Event> more) {
            events.addAll(more);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onTruncated(long oldest) {
            said.add("truncated " + oldest);
        }

        @Override
        public void onReset(String epoch) {
            said.add("reset " + epoch);
        }

        @Override
        public void onEnd(@Nullable PilotException cause) {
            end.complete(cause);
        }
    }

    /** Each follower's type says where its first stream is cut; many follow at once, so that every byte has its turn. */
    @Test
    void aStreamCutAtAnyByteIsResumedBehindTheLastEvent() {
        byte[] whole = frames(EVENTS).getBytes(StandardCharsets.UTF_8);
        Set<String> cut = ConcurrentHashMap.newKeySet();
        try (StubServer server = new StubServer((count, request) -> {
                    String type = String.valueOf(request.getUrl().queryParameter("type"));
                    return cut.add(type)
                            ? stream(new Buffer().write(whole, 0, Integer.parseInt(type.substring(1))))
                            : stream(frames(behind(after(request))));
                });
                Pilot pilot = server.client()) {
            for (int from = 0; from <= whole.length; from += 201) {
                List<Seen> followers = new ArrayList<>();
                List<Registration> followings = new ArrayList<>();
                for (int at = from; at < from + 201 && at <= whole.length; at += STEP) {
                    Seen seen = new Seen();
                    followers.add(seen);
                    followings.add(pilot.events().follow(new EventFilter(null, null, null, "t" + at), 2, seen));
                }
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> followers.stream().allMatch(seen -> seen.events.size() >= EVENTS.size()));
                assertThat(followers).allSatisfy(seen -> assertThat(seen.events).isEqualTo(EVENTS));
                followings.forEach(Registration::close);
            }
            assertThat(cut).hasSizeGreaterThan(whole.length / STEP);
        }
    }

    @Test
    void anEventThatComesTwiceIsPassedOnOnce() {
        try (StubServer server =
                        new StubServer((count, request) -> stream(frames(EVENTS.subList(0, Math.min(3, count + 1)))));
                Pilot pilot = server.client()) {
            Seen seen = new Seen();
            try (Registration following = pilot.events().follow(EventFilter.ALL, 0, seen)) {
                await().atMost(Duration.ofSeconds(20)).until(() -> seen.events.size() >= 3);
                assertThat(seen.events).isEqualTo(EVENTS);
                assertThat(following).isNotNull();
            }
        }
    }

    @Test
    void whoeverIsTurnedAwayComesBackWhenTheHubSays() {
        MockResponse busy = StubServer.problem(
                        ErrorBody.plain(429, ErrorKind.UNAVAILABLE, "too-many-requests", "Come again later.", null))
                .newBuilder()
                .setHeader("Retry-After", "2")
                .build();
        try (StubServer server = new StubServer((count, request) -> count == 0 ? busy : stream(frames(EVENTS)));
                Pilot pilot = server.client()) {
            Seen seen = new Seen();
            long start = System.nanoTime();
            try (Registration following = pilot.events().follow(EventFilter.ALL, 0, seen)) {
                await().atMost(Duration.ofSeconds(20)).until(() -> seen.events.size() >= 3);
                assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2_000_000_000L);
                assertThat(following).isNotNull();
            }
        }
    }

    @Test
    void whatTheHubSaysBesidesEventsIsPassedOn() {
        String said = frame(StreamEvents.TRUNCATED, new StreamEvents.Truncated(5))
                + ": alive\n\n"
                + "event: of-a-newer-hub\ndata: {}\n\n"
                + frames(EVENTS.subList(1, 2))
                + frame(StreamEvents.RESET, new StreamEvents.Reset("second"))
                + frames(EVENTS.subList(0, 1));
        try (StubServer server = new StubServer(
                        (count, request) -> count == 0 ? stream(said) : stream(frames(behind(after(request)))));
                Pilot pilot = server.client()) {
            Seen seen = new Seen();
            try (Registration following = pilot.events().follow(EventFilter.ALL, 2, seen)) {
                await().atMost(Duration.ofSeconds(20)).until(() -> seen.events.size() >= 4);
                assertThat(seen.said).containsExactly("truncated 5", "reset second");
                assertThat(seen.events)
                        .as("positions start anew behind a reset")
                        .extracting(Event::position)
                        .containsExactly(7L, 3L, 7L, 8L);
                assertThat(epoch(server.requests().get(1))).isEqualTo("second");
                assertThat(following).isNotNull();
            }
        }
    }

    @Test
    void whoeverComesBackNamesTheLogThatThePositionIsOf() {
        try (StubServer server =
                        new StubServer((count, request) -> stream(frames(EVENTS.subList(0, Math.min(3, count + 1))))
                                .newBuilder()
                                .setHeader(StreamEvents.EPOCH_HEADER, "first")
                                .build());
                Pilot pilot = server.client()) {
            Seen seen = new Seen();
            try (Registration following = pilot.events().follow(EventFilter.ALL, 0, seen)) {
                await().atMost(Duration.ofSeconds(20)).until(() -> seen.events.size() >= 3);
                assertThat(following).isNotNull();
            }
            assertThat(server.requests().stream().limit(3).map(FollowingTest::epoch))
                    .containsExactly("null", "first", "first");
        }
    }

    @Test
    void aRefusalIsTheEnd() {
        try (StubServer server = new StubServer(
                        count -> StubServer.problem(ErrorBody.of(new Unauthenticated("Who is asking?"))));
                Pilot pilot = server.client()) {
            Seen seen = new Seen();
            Registration following = pilot.events().follow(EventFilter.ALL, 0, seen);
            assertThat(seen.end.join()).isInstanceOf(Unauthenticated.class);
            following.close();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void anEndWithAReasonThatStaysIsTheEnd() {
        String said = frames(EVENTS) + frame(StreamEvents.END, ErrorBody.of(new Forbidden("revoked", "No longer.")));
        try (StubServer server = new StubServer(count -> stream(said));
                Pilot pilot = server.client()) {
            Seen seen = new Seen();
            Registration following = pilot.events().follow(EventFilter.ALL, 0, seen);
            assertThat(seen.end.join()).isInstanceOf(Forbidden.class);
            assertThat(seen.events).isEqualTo(EVENTS);
            following.close();
        }
    }

    @Test
    void aHubThatStopsOrIsBusyIsComeBackTo() {
        List<MockResponse> answers = List.of(
                stream(frames(EVENTS.subList(0, 1)) + frame(StreamEvents.END, Json.object())),
                StubServer.problem(ErrorBody.of(new Unavailable("stopping", "The server stops.", null))),
                StubServer.text(502, "<html>nobody home</html>"),
                stream("data: {this is no event}\n\n"),
                stream(frame(
                        StreamEvents.END, ErrorBody.of(new Unavailable("hub-closing", "The hub is closing.", null)))));
        try (StubServer server = new StubServer((count, request) ->
                        count < answers.size() ? answers.get(count) : stream(frames(behind(after(request)))));
                Pilot pilot = server.client()) {
            Seen seen = new Seen();
            try (Registration following = pilot.events().follow(EventFilter.ALL, 0, seen)) {
                await().atMost(Duration.ofSeconds(30)).until(() -> seen.events.size() >= 3);
                assertThat(seen.events).isEqualTo(EVENTS);
                assertThat(seen.end).isNotDone();
                assertThat(following).isNotNull();
            }
            assertThat(seen.end.join()).as("closed").isNull();
        }
    }

    @Test
    void closingEndsAFollowerThatIsBusy() {
        try (StubServer server = new StubServer(count -> stream(frames(EVENTS)));
                PilotClient pilot = server.client()) {
            CompletableFuture<Void> busy = new CompletableFuture<>();
            CompletableFuture<@Nullable PilotException> end = new CompletableFuture<>();
            Registration following = pilot.events().follow(EventFilter.ALL, 0, new EventFollower() {
                @Override
                public CompletionStage<?> onEvents(List<Event> events) {
                    busy.complete(null);
                    return new CompletableFuture<>();
                }

                @Override
                public void onEnd(@Nullable PilotException cause) {
                    end.complete(cause);
                }
            });
            busy.join();
            pilot.close();
            assertThat(end.join()).isNull();
            following.close();
        }
    }

    private static MockResponse stream(String frames) {
        return stream(new Buffer().writeUtf8(frames));
    }

    /** Ends without a length: the client can't tell it from a connection that was cut. */
    private static MockResponse stream(Buffer frames) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "text/event-stream")
                .body(frames)
                .removeHeader("Content-Length")
                .setHeader("Connection", "close")
                .onResponseEnd(new SocketEffect.CloseSocket())
                .build();
    }

    private static long after(RecordedRequest request) {
        return Long.parseLong(String.valueOf(request.getUrl().queryParameter("after")));
    }

    private static String epoch(RecordedRequest request) {
        return String.valueOf(request.getUrl().queryParameter("epoch"));
    }

    private static List<Event> behind(long position) {
        return EVENTS.stream().filter(event -> event.position() > position).toList();
    }

    private static String frames(List<Event> events) {
        List<String> frames = new ArrayList<>();
        events.forEach(event -> frames.add("id: " + event.position() + "\n" + frame(StreamEvents.EVENT, event)));
        return String.join("", frames);
    }

    private static String frame(String name, Object data) {
        return "event: " + name + "\ndata: " + WireCodec.writeText(data) + "\n\n";
    }

    private static Event event(long position) {
        return new Event(
                position,
                new EventId("evt_" + position),
                Instant.EPOCH,
                new Subject("thing", "1"),
                null,
                null,
                "note",
                Level.INFO,
                "title ü " + position,
                "two\nlines",
                Json.object("n", position));
    }
}
