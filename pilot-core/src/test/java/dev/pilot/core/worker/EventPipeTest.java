package dev.pilot.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.LeaseLost;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Created;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events reach the hub in their order, each once, whatever the hub answers. */
@Timeout(120)
final class EventPipeTest {
    private final ExecutorService line = Executors.newSingleThreadExecutor();
    private final List<String> kept = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> refused = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        line.shutdownNow();
    }

    @Test
    void inOrderWhetherTheHubAnswersAtOnceOrLater() throws Exception {
        long seed = Long.getLong("pilot.seed", System.nanoTime());
        Random random = new Random(seed);
        try (EventPipe pipe = pipe(batch -> random.nextBoolean()
                ? CompletableFuture.completedFuture(keep(batch))
                : CompletableFuture.supplyAsync(() -> keep(batch), line))) {
            for (int i = 0; i < 2_000; i++) {
                pipe.add(event("event " + i));
            }
            pipe.flush();
        }
        assertThat(kept)
                .as("seed %d", seed)
                .isEqualTo(IntStream.range(0, 2_000).mapToObj(i -> "event " + i).toList());
    }

    @Test
    void aHubThatIsAwayKeepsTheRunWaitingAndLosesNothing() throws Exception {
        CountDownLatch back = new CountDownLatch(1);
        List<String> ids = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch added = new CountDownLatch(300);
        try (EventPipe pipe = pipe(batch -> {
            ids.add(Objects.requireNonNull(batch.get(0).id()).value());
            return back.getCount() > 0
                    ? CompletableFuture.failedFuture(new Unavailable("away", "The hub is away.", null))
                    : CompletableFuture.completedFuture(keep(batch));
        })) {
            CompletableFuture<Void> run = CompletableFuture.runAsync(
                    () -> IntStream.range(0, 300).forEach(i -> {
                        try {
                            pipe.add(event("event " + i));
                            added.countDown();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }),
                    line);
            while (added.getCount() > 300 - 256) {
                Thread.onSpinWait();
            }
            assertThat(run).isNotDone();
            back.countDown();
            run.get(60, TimeUnit.SECONDS);
            pipe.flush();
        }
        assertThat(kept)
                .isEqualTo(IntStream.range(0, 300).mapToObj(i -> "event " + i).toList());
        assertThat(ids.stream().filter(ids.get(0)::equals).count())
                .as("what is sent again has the same id")
                .isGreaterThan(1);
    }

    @Test
    void whatTheHubRefusesHarmsNoOther() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (EventPipe pipe = pipe(batch -> CompletableFuture.supplyAsync(
                () -> {
                    await(go);
                    if (batch.stream().anyMatch(event -> event.title().equals("bad"))) {
                        throw InvalidInput.of("events[0].title", "is bad");
                    }
                    return keep(batch);
                },
                line))) {
            for (String title : List.of("a", "b", "bad", "c", "d")) {
                pipe.add(event(title));
            }
            go.countDown();
            pipe.flush();
        }
        assertThat(kept).containsExactly("a", "b", "c", "d");
        assertThat(refused).singleElement().isInstanceOf(InvalidInput.class);
    }

    @Test
    void aLostLeaseEndsIt() throws Exception {
        try (EventPipe pipe =
                pipe(batch -> CompletableFuture.failedFuture(new LeaseLost("run_1", 1, 2, "it is another's")))) {
            pipe.add(event("a"));
            pipe.add(event("b"));
            pipe.flush();
        }
        assertThat(kept).isEmpty();
        assertThat(refused).singleElement().isInstanceOf(LeaseLost.class);
    }

    private interface Hub {
        CompletionStage<Appended> append(List<NewEvent> events) throws PilotException;
    }

    private EventPipe pipe(Hub hub) {
        return new EventPipe(hub::append, away -> {}, refused::add);
    }

    private static NewEvent event(String title) {
        return NewEvent.builder(Subject.run(new RunId("run_1")))
                .type("note")
                .title(title)
                .build();
    }

    private Appended keep(List<NewEvent> events) {
        events.forEach(event -> kept.add(event.title()));
        return new Appended(events.stream()
                .map(event -> new Created<>(Objects.requireNonNull(event.id()), true))
                .toList());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
