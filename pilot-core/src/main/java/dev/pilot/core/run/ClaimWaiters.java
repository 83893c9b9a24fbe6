package dev.pilot.core.run;

import dev.pilot.api.error.Unavailable;
import dev.pilot.api.run.Assignment;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Claims that found nothing and wait, without a thread, for something to be queued. First come, first served. */
final class ClaimWaiters implements AutoCloseable {
    private final ScheduledExecutorService timer;
    private final Queue<Waiter> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean awake = new AtomicBoolean();

    private record Waiter(
            Supplier<List<Assignment>> claim,
            Consumer<List<Assignment>> giveBack,
            CompletableFuture<List<Assignment>> answer) {}

    ClaimWaiters(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    CompletableFuture<List<Assignment>> await(
            Supplier<List<Assignment>> claim, Consumer<List<Assignment>> giveBack, Duration atMost) {
        CompletableFuture<List<Assignment>> answer = new CompletableFuture<>();
        Waiter waiter = new Waiter(claim, giveBack, answer);
        waiting.add(waiter);
        Future<?> unused = timer.schedule(() -> answer.complete(List.of()), atMost.toMillis(), TimeUnit.MILLISECONDS);
        // Something may have been queued between the look that found nothing and this.
        wake();
        return answer;
    }

    /** Something may be claimable now. Many calls at once are one look. */
    void wake() {
        if (!waiting.isEmpty() && awake.compareAndSet(false, true)) {
            timer.execute(this::look);
        }
    }

    private void look() {
        awake.set(false);
        for (Waiter waiter : waiting) {
            if (waiter.answer().isDone()) {
                waiting.remove(waiter);
                continue;
            }
            try {
                List<Assignment> claimed = waiter.claim().get();
                if (!claimed.isEmpty()) {
                    waiting.remove(waiter);
                    if (!waiter.answer().complete(claimed)) {
                        waiter.giveBack().accept(claimed); // its time was up, or it was cancelled, meanwhile
                    }
                }
            } catch (RuntimeException failure) {
                waiting.remove(waiter);
                waiter.answer().completeExceptionally(failure);
            }
        }
    }

    @Override
    public void close() {
        Unavailable closing = new Unavailable("hub-closing", "The hub is closing: claim again when it is back.", null);
        for (Waiter waiter : waiting) {
            waiter.answer().completeExceptionally(closing);
        }
        waiting.clear();
    }
}
