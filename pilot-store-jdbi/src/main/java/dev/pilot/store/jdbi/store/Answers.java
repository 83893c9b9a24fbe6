package dev.pilot.store.jdbi.store;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;

/**
 * Answers callers on threads of its own: what they do with an answer may take its time, and the writer meanwhile is at the next
 * transaction. It may even wait for another answer: a thread is added while one waits for a future.
 */
final class Answers implements AutoCloseable {
    private static final int THREADS = 2;
    private static final long PATIENCE_SECONDS = 10;

    private final ForkJoinPool pool = new ForkJoinPool(THREADS, Answers::thread, null, true);

    private static ForkJoinWorkerThread thread(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("pilot-store-answers-" + thread.getPoolIndex());
        return thread;
    }

    /** Each by itself, so that one that takes long keeps none from its answer. */
    void later(List<Runnable> outcomes) {
        if (!outcomes.isEmpty()) {
            pool.execute(() -> {
                for (Runnable outcome : outcomes.subList(1, outcomes.size())) {
                    ForkJoinTask.adapt(outcome).fork();
                }
                outcomes.get(0).run();
            });
        }
    }

    /** Lets what is under way finish. */
    @Override
    public void close() {
        pool.shutdown();
        try {
            if (ForkJoinTask.getPool() != pool) {
                pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
