package dev.pilot.testkit.hub;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.value.ItemResult;
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
final class AtOnce implements AutoCloseable {
    private final int threads;
    private final ExecutorService executor;
    private final CyclicBarrier start;

    AtOnce(int threads) {
        this.threads = threads;
        this.executor = Executors.newFixedThreadPool(threads);
        this.start = new CyclicBarrier(threads);
    }

    /** Runs the work once per thread; errors other than Pilot's own fail the test. */
    <T> List<ItemResult<T>> run(IntFunction<T> work) {
        List<Future<ItemResult<T>>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            running.add(executor.submit(() -> {
                start.await(HubContract.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                try {
                    return new ItemResult.Done<>(work.apply(number));
                } catch (PilotException e) {
                    return new ItemResult.Refused<>(e);
                }
            }));
        }
        List<ItemResult<T>> results = new ArrayList<>();
        for (Future<ItemResult<T>> one : running) {
            try {
                results.add(one.get(3 * HubContract.PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
            } catch (ExecutionException e) {
                throw new AssertionError("an error that is not Pilot's own", e.getCause());
            } catch (TimeoutException e) {
                throw new AssertionError("a thread hangs", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
        return results;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
