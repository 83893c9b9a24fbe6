package dev.pilot.testkit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Some threads that do something at the same moment, again and again. */
final class Together implements AutoCloseable {
    private final int threads;
    private final ExecutorService executor;
    private final CyclicBarrier start;

    Together(int threads) {
        this.threads = threads;
        this.executor = Executors.newFixedThreadPool(threads);
        this.start = new CyclicBarrier(threads);
    }

    /** Does the work once per thread; what one throws fails the test. */
    <T> List<T> run(IntFunction<T> work) {
        List<Future<T>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            running.add(executor.submit(() -> {
                start.await(StoreStage.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                return work.apply(number);
            }));
        }
        return running.stream().map(Together::await).toList();
    }

    /** The answer of something that goes on elsewhere. */
    static <T> T await(Future<T> running) {
        try {
            return running.get(StoreStage.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("a thread failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a thread hangs", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
