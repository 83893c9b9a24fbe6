package dev.pilot.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.id.EventId;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever remembers the highest position it has seen misses nothing, however slow one of several hubs is. */
class PositionOrderTest {
    private static final int EACH = 200;

    @TempDir
    @SuppressWarnings("NullAway.Init") // given before each test
    Path directory;

    private ProjectStore open() {
        return new PostgresStoreProvider()
                .open(new StoreConfig(PostgresServer.url(directory), directory, Clock.systemUTC()));
    }

    @Test
    void whatASlowHubWritesIsSeenBeforeWhatOthersWriteAfterIt() throws Exception {
        try (ProjectStore slow = open();
                ProjectStore quick = open()) {
            CountDownLatch written = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            CompletableFuture<Object> held = CompletableFuture.supplyAsync(() -> slow.write("slow", unit -> {
                unit.events().append(List.of(event("slow")));
                written.countDown();
                await(go);
                return true;
            }));
            written.await();
            CompletableFuture<?> behind = quick.append(List.of(event("quick"))).toCompletableFuture();

            assertThat(positions(quick, 0)).as("neither is there yet").isEmpty();
            go.countDown();
            held.join();
            behind.join();

            List<Event> all = quick.read(view -> view.events().after(0, EventFilter.ALL, 10));
            assertThat(all).extracting(event -> event.id().value()).containsExactly("slow", "quick");
        }
    }

    @Test
    void aFollowerOfManyHubsMissesNothing() {
        try (ProjectStore one = open();
                ProjectStore two = open();
                ProjectStore three = open()) {
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<List<Long>> follower = CompletableFuture.supplyAsync(() -> {
                List<Long> seen = new ArrayList<>();
                boolean last;
                do {
                    last = over.get();
                    seen.addAll(positions(three, seen.isEmpty() ? 0 : seen.get(seen.size() - 1)));
                } while (!last);
                return seen;
            });
            ExecutorService writers = Executors.newFixedThreadPool(2);
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(() -> write(one, "one"), writers),
                            CompletableFuture.runAsync(() -> write(two, "two"), writers))
                    .join();
            over.set(true);
            writers.shutdown();

            assertThat(follower.join())
                    .isEqualTo(positions(one, 0))
                    .hasSize(2 * EACH)
                    .isSorted();
        }
    }

    private static void write(ProjectStore store, String name) {
        IntStream.range(0, EACH)
                .forEach(i -> store.append(List.of(event(name + i)))
                        .toCompletableFuture()
                        .join());
    }

    private static List<Long> positions(ProjectStore store, long after) {
        return store.read(view -> view.events().after(after, EventFilter.ALL, 1_000).stream()
                .map(Event::position)
                .toList());
    }

    private static NewEvent event(String id) {
        return NewEvent.builder(new Subject("test", "order"))
                .id(new EventId(id))
                .build();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
