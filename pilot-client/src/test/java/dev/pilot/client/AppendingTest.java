package dev.pilot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.OverLimit;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Created;
import dev.pilot.wire.ErrorBody;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.run.NewEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

/** Appends that nobody waits for keep their order and share requests. */
final class AppendingTest {
    private static final int MANY = 1_500;

    private final CountDownLatch go = new CountDownLatch(1);
    private final List<String> taken = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whatComesWhileARequestIsUnderWayGoesWithTheNextOne() {
        try (StubServer server = new StubServer((count, request) -> take(request));
                PilotClient client = server.client()) {
            List<CompletableFuture<Appended>> answers = IntStream.range(0, MANY)
                    .mapToObj(i -> append(client, "event " + i))
                    .toList();
            go.countDown();
            answers.forEach(answer -> assertThat(answer.join().events()).hasSize(1));

            assertThat(taken)
                    .isEqualTo(
                            IntStream.range(0, MANY).mapToObj(i -> "event " + i).toList());
            assertThat(server.requests()).as("the first one, 1,000, the rest").hasSize(3);
        }
    }

    @Test
    void aRefusedOneHarmsNoOther() {
        try (StubServer server = new StubServer((count, request) -> take(request));
                PilotClient client = server.client()) {
            CompletableFuture<Appended> first = append(client, "first");
            CompletableFuture<Appended> second = append(client, "second");
            CompletableFuture<Appended> bad = append(client, "bad");
            CompletableFuture<Appended> last = append(client, "last");
            go.countDown();

            CompletableFuture.allOf(first, second, last).join();
            assertThat(failure(bad)).isInstanceOf(InvalidInput.class);
            assertThat(taken).containsExactly("first", "second", "last");
        }
    }

    @Test
    void leasesDoNotWaitForEachOther() {
        try (StubServer server = new StubServer((count, request) -> take(request));
                PilotClient client = server.client()) {
            Lease lease = new Lease(new RunId("run_1"), 1, new WorkerId("wrk_1"), Instant.EPOCH);
            CompletableFuture<Appended> free = append(client, "free");
            CompletableFuture<Appended> leased =
                    client.work().append(lease, List.of(event("leased"))).toCompletableFuture();
            Lease extended = new Lease(lease.runId(), 1, lease.workerId(), Instant.EPOCH.plusSeconds(9));
            CompletableFuture<Appended> same =
                    client.work().append(extended, List.of(event("same lease"))).toCompletableFuture();
            go.countDown();

            CompletableFuture.allOf(free, leased, same).join();
            assertThat(taken).containsExactlyInAnyOrder("free", "leased", "same lease");
            assertThat(taken.indexOf("same lease")).isGreaterThan(taken.indexOf("leased"));
            assertThat(server.requests().stream().map(RecordedRequest::getTarget))
                    .contains("/api/events", "/api/runs/run_1/events");
        }
    }

    @Test
    void whereTheHubIsAwayNothingOvertakesWhatFailed() {
        try (StubServer server = new StubServer((count, request) -> count == 0 ? broken() : take(request));
                PilotClient client = server.client(0)) {
            CompletableFuture<Appended> first = append(client, "first");
            CompletableFuture<Appended> second = append(client, "second");
            go.countDown();
            assertThat(failure(first)).isInstanceOf(Unavailable.class);
            assertThat(failure(second)).isInstanceOf(Unavailable.class);

            append(client, "later").join();
            assertThat(taken).containsExactly("later");
        }
    }

    @Test
    void whatWaitsIsBounded() {
        try (StubServer server = new StubServer((count, request) -> take(request));
                PilotClient client = server.client()) {
            String large = "x".repeat(1_000_000);
            List<CompletableFuture<Appended>> answers = IntStream.range(0, 40)
                    .mapToObj(i -> client.events()
                            .append(List.of(
                                    event("large").toBuilder().message(large).build()))
                            .toCompletableFuture())
                    .toList();
            go.countDown();

            long refused = answers.stream()
                    .filter(answer -> failure(answer) instanceof OverLimit)
                    .count();
            assertThat(refused).isEqualTo(9);
            append(client, "there is room again").join();
            assertThat(taken).hasSize(32);
        }
    }

    private static Throwable failure(CompletableFuture<Appended> answer) {
        Throwable thrown = catchThrowable(answer::join);
        return thrown instanceof CompletionException ? thrown.getCause() : thrown;
    }

    private CompletableFuture<Appended> append(PilotClient client, String title) {
        return client.events().append(List.of(event(title))).toCompletableFuture();
    }

    private static NewEvent event(String title) {
        return NewEvent.builder(Subject.run(new RunId("run_1")))
                .type("note")
                .title(title)
                .build();
    }

    private MockResponse broken() {
        await();
        return StubServer.text(502, "no hub behind this");
    }

    private MockResponse take(RecordedRequest request) {
        await();
        NewEvents events = WireCodec.read(request.getBody().utf8(), NewEvents.class);
        if (events.events().stream().anyMatch(event -> event.title().equals("bad"))) {
            return StubServer.problem(ErrorBody.of(InvalidInput.of("events[0].title", "is bad")));
        }
        events.events().forEach(event -> taken.add(event.title()));
        return StubServer.json(
                200,
                new Appended(events.events().stream()
                        .map(event -> new Created<>(event.id(), true))
                        .toList()));
    }

    private void await() {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
