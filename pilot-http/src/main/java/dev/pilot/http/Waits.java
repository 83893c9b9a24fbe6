package dev.pilot.http;

import static java.util.Objects.requireNonNull;

import dev.pilot.http.call.Answer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls whose answer comes later; no thread waits with them. Threads may share it. */
final class Waits implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Waits.class);

    private final Set<Runnable> early = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Answers when there is an answer, the server stops or the caller is gone; once.
     *
     * @param write writes an answer; calls the consumer if it got lost
     * @param conditional whether the call was
     */
    <A> void add(
            Exchange exchange,
            Answer.Later<A> later,
            Executor executor,
            BiConsumer<Answer, Consumer<Throwable>> write,
            boolean conditional) {
        AtomicBoolean answered = new AtomicBoolean();
        Answer instead = later.early();
        Runnable stop = () -> {
            if (instead != null && answered.compareAndSet(false, true)) {
                later.stage().toCompletableFuture().cancel(false);
                write.accept(instead, lost -> {});
            }
        };
        early.add(stop);
        BiConsumer<@Nullable A, @Nullable Throwable> answer = (value, failure) -> {
            early.remove(stop);
            if (!answered.compareAndSet(false, true)) {
                undo(later, value, exchange.id());
            } else if (value == null) {
                exchange.fail(requireNonNull(failure), conditional);
            } else {
                try {
                    Answer rendered = rendered(later, value, exchange.id());
                    write.accept(rendered, lost -> undo(later, value, exchange.id()));
                } catch (RuntimeException e) {
                    exchange.fail(e, conditional);
                }
            }
        };
        exchange.request().addIdleTimeoutListener(timeout -> false);
        exchange.request().addFailureListener(failure -> {
            early.remove(stop);
            if (answered.compareAndSet(false, true)) {
                later.stage().toCompletableFuture().cancel(false);
                exchange.callback().failed(failure);
            }
        });
        // Last: once there is an answer, another thread may end the exchange.
        var unused = later.stage().whenCompleteAsync(answer, task -> run(executor, task));
        if (closed) {
            stop.run();
        }
    }

    /** What comes after the server's threads are gone is still taken back. */
    private static void run(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            ForkJoinPool.commonPool().execute(task);
        }
    }

    /** What can't be told is taken back, as what is told too late. */
    private static <A> Answer rendered(Answer.Later<A> later, A value, String id) {
        try {
            return later.render().apply(value);
        } catch (RuntimeException e) {
            undo(later, value, id);
            throw e;
        }
    }

    private static <A> void undo(Answer.Later<A> later, @Nullable A value, String id) {
        if (value == null) {
            return;
        }
        try {
            later.undo().accept(value);
        } catch (RuntimeException e) {
            LOG.warn("what request {} got in vain could not be taken back; its leases will expire", id, e);
        }
    }

    /** Answers all that wait for more than a moment; none waits afterwards. */
    @Override
    public void close() {
        closed = true;
        early.forEach(Runnable::run);
    }
}
