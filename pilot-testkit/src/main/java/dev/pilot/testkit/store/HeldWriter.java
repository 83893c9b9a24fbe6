package dev.pilot.testkit.store;

import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A unit of work that goes on until it is let go. On a store with one writer, what is written meanwhile waits behind it. */
final class HeldWriter implements AutoCloseable {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final CompletableFuture<Boolean> done;

    private HeldWriter(ProjectStore store, Consumer<StoreUnit> first) {
        this.done = CompletableFuture.supplyAsync(
                () -> store.write("held", unit -> {
                    first.accept(unit);
                    begun.countDown();
                    await(end);
                    return true;
                }),
                task -> new Thread(task, "held-writer").start());
    }

    /** Answers once the unit is under way and has done its first part. */
    static HeldWriter begin(ProjectStore store, Consumer<StoreUnit> first) {
        HeldWriter held = new HeldWriter(store, first);
        await(held.begun);
        return held;
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(StoreStage.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("nobody comes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Lets it go, and waits until it is committed. */
    @Override
    public void close() {
        end.countDown();
        Together.await(done);
    }
}
