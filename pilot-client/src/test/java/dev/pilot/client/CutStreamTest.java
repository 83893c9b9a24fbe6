package dev.pilot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.Scope;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Registration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A follower behind a network that breaks: it gets every event, once and in order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CutStreamTest {
    private static final Subject SUBJECT = new Subject("thing", "cut");
    private static final EventFilter FILTER = new EventFilter(SUBJECT, null, null, null);

    @SuppressWarnings("NullAway.Init") // opened before all tests
    private RemotePilot fixture;

    @BeforeAll
    void open(@TempDir Path directory) {
        fixture = RemotePilot.open(directory);
        append(0, 40);
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    /** The head of the answer takes some 200 bytes, an event some 250: so these cut before, between and within events. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_001, 1_100, 1_213, 1_357, 2_048, 5_000})
    void everyConnectionIsCutAfterSoManyBytes(int bytes) throws IOException {
        assertAllArriveOnce(connection -> bytes);
    }

    @Test
    void connectionsAreCutAnywhere() throws IOException {
        Random random = new Random(4711);
        int[] cuts = IntStream.range(0, 10_000).map(i -> random.nextInt(3_000)).toArray();
        assertAllArriveOnce(connection -> cuts[connection % cuts.length]);
    }

    @Test
    void theServerIsAwayForAWhile() throws IOException {
        assertAllArriveOnce(connection -> connection < 4 ? 0 : connection == 4 ? 2_000 : Integer.MAX_VALUE);
    }

    private void assertAllArriveOnce(IntUnaryOperator bytesOf) throws IOException {
        List<Event> got = new CopyOnWriteArrayList<>();
        try (CuttingProxy proxy = new CuttingProxy(fixture.uri(), bytesOf);
                Pilot pilot = PilotClient.connect(proxy.uri(), RemotePilot.token(Scope.ADMIN));
                Registration following = pilot.events().follow(FILTER, 0, events -> {
                    got.addAll(events);
                    return CompletableFuture.completedFuture(null);
                })) {
            append(0, 20); // while it is followed
            List<Event> all = fixture.pilot().events().list(FILTER, 0, 1000).items();
            await().atMost(Duration.ofSeconds(60)).until(() -> got.size() >= all.size());
            assertThat(got).isEqualTo(all);
            assertThat(proxy.connections()).as("it was cut").isGreaterThan(1);
            assertThat(following).isNotNull();
        }
    }

    private void append(int from, int to) {
        for (int i = from; i < to; i++) {
            NewEvent event = NewEvent.builder(SUBJECT)
                    .title("event " + i)
                    .message("m".repeat(i))
                    .build();
            fixture.pilot()
                    .events()
                    .append(List.of(event))
                    .toCompletableFuture()
                    .join();
        }
    }
}
