package dev.pilot.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.run.Appended;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** How a store answers: what callers do with an answer, or when told of a commit, keeps nobody else waiting. */
abstract class AnswersContract extends StoreStage {
    @Test
    void anAppendMayBeFollowedByWhateverTheStoreCanDo() {
        CompletableFuture<Long> chain = store.append(Samples.events("first_", 1))
                .thenApply(done -> {
                    write(unit -> unit.projects().create(Samples.project("prj_1")));
                    return store.append(Samples.events("second_", 1))
                            .toCompletableFuture()
                            .join();
                })
                .thenApply(done -> read(view -> view.events().last()))
                .toCompletableFuture();

        assertThat(Together.await(chain)).isGreaterThanOrEqualTo(2);
    }

    @Test
    void oneWhoTakesLongOverTheAnswerKeepsNoOtherFromTheirs() {
        CountDownLatch enough = new CountDownLatch(1);
        try {
            List<CompletableFuture<Appended>> answers = new ArrayList<>();
            try (HeldWriter held = HeldWriter.begin(store, unit -> {})) {
                store.append(Samples.events("slow_", 1)).thenAccept(done -> awaitUninterruptibly(enough));
                for (int i = 0; i < 10; i++) {
                    answers.add(
                            store.append(Samples.events("quick" + i + "_", 1)).toCompletableFuture());
                }
            }

            answers.forEach(
                    answer -> assertThat(Together.await(answer).events()).hasSize(1));
            write(unit -> unit.projects().create(Samples.project("prj_1")));
        } finally {
            enough.countDown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoeverAskedIsToldOfCommitsWithEvents() {
        AtomicInteger told = new AtomicInteger();
        try (Registration registration = store.onCommit(told::incrementAndGet)) {
            write(unit -> unit.events().append(Samples.events("evt_of_unit", 1)));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(told).hasValueGreaterThan(0));

            int before = told.get();
            Together.await(store.append(Samples.events("evt_", 1)).toCompletableFuture());
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(told).hasValueGreaterThan(before));
        }
    }

    @Test
    void whoeverIsToldSeesWhatWasCommitted() {
        AtomicInteger seen = new AtomicInteger();
        try (Registration registration = store.onCommit(() -> seen.set(
                read(view -> view.events().after(0, EventFilter.ALL, 100)).size()))) {
            Together.await(store.append(Samples.events("evt_", 7)).toCompletableFuture());

            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(seen).hasValue(7));
        }
    }

    @Test
    void oneWhoFailsWhenToldHarmsNobody() {
        AtomicInteger told = new AtomicInteger();
        try (Registration bad = store.onCommit(() -> {
                    throw new IllegalStateException("as the test wants it");
                });
                Registration good = store.onCommit(told::incrementAndGet)) {
            Together.await(store.append(Samples.events("evt_a", 1)).toCompletableFuture());
            Together.await(store.append(Samples.events("evt_b", 1)).toCompletableFuture());

            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(told).hasValueGreaterThan(0));
        }
        long last = read(view -> view.events().last());
        assertThat(last).isEqualTo(2);
    }

    @Test
    void whoeverEndedItIsToldNoMore() {
        AtomicInteger told = new AtomicInteger();
        AtomicInteger toldStill = new AtomicInteger();
        Registration ended = store.onCommit(told::incrementAndGet);
        ended.close();
        ended.close();

        try (Registration going = store.onCommit(toldStill::incrementAndGet)) {
            Together.await(store.append(Samples.events("evt_", 1)).toCompletableFuture());
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(toldStill).hasValueGreaterThan(0));
        }
        assertThat(told).hasValue(0);
    }

    @Test
    void closingLetsWhatIsUnderWayFinish() {
        List<CompletableFuture<Appended>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(store.append(Samples.events("evt" + i + "_", 20)).toCompletableFuture());
        }
        store.close();

        answers.forEach(answer -> assertThat(Together.await(answer).events()).hasSize(20));
        store = open(directory, clock);
        assertThat(read((StoreView view) -> view.events().after(0, EventFilter.ALL, 2_000)))
                .hasSize(1_000);
    }
}
