package dev.pilot.core.system;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the hub's threads. None of them keeps the JVM alive. */
public final class Threads {
    private Threads() {}

    /**
     * A thread per task: virtual ones where the JVM has them.
     *
     * @param name what they are called
     * @return the executor
     */
    public static ExecutorService perTask(String name) {
        try {
            // Java 21; the code compiles for 17.
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException older) {
            return Executors.newCachedThreadPool(factory(name));
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError("a public method of the JDK can't be called", e);
        }
    }

    /**
     * Threads for what is due.
     *
     * @param name what they are called
     * @return the executor, which forgets what was cancelled
     */
    public static ScheduledThreadPoolExecutor timer(String name) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(2, factory(name));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }

    /**
     * One thread, not yet started.
     *
     * @param name what it is called
     * @param work what it does
     * @return the thread
     */
    public static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Waits for an answer.
     *
     * @param <T> the answer's type
     * @param stage what is waited for
     * @return the answer
     * @throws InterruptedException if the thread is interrupted meanwhile
     * @throws CompletionException if it fails with something that is no RuntimeException; else that is thrown as it is
     */
    public static <T> T await(CompletionStage<T> stage) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get();
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof RuntimeException plain) {
                throw plain;
            }
            throw new CompletionException(cause);
        }
    }

    private static ThreadFactory factory(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> daemon(name + "-" + number.incrementAndGet(), work);
    }
}
