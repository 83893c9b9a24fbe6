package dev.pilot.core.queue;

import dev.pilot.api.error.Unavailable;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.Assignment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Where workers ask for work and wait, without a thread, until there is some; who came first is served first. There is one look at a
 * time, for all who wait. Looks that find nothing are paid for out of a share of the time, which is saved up for a moment: on a quiet hub
 * each is made at once, and a busy one with idle workers doesn't spend its time looking.
 */
public final class ClaimDesk implements AutoCloseable {
    /** Of so much time a quarter is for looks that find nothing: together with the looks themselves that is a fifth of one core. */
    private static final int SHARE = 4;
    /** So much may be saved up. */
    private static final long MOST_CREDIT = TimeUnit.MILLISECONDS.toNanos(200);

    private final Claiming claiming;
    private final Consumer<List<Assignment>> giveBack;
    private final ScheduledExecutorService timer;
    private final Executor executor;
    private final Queue<ClaimWaiter> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Look> look = new AtomicReference<>(Look.NONE);
    /** When the next look may be, by the clock of {@link System#nanoTime()}. */
    private volatile long notBefore = System.nanoTime();
    /** How long fruitless looks may take before there is a pause; and when that was so. Only for the look that is under way. */
    private long credit = MOST_CREDIT;

    private long creditAt = System.nanoTime();

    private volatile boolean closed;

    private enum Look {
        NONE,
        DUE,
        UNDER_WAY,
        /** Under way, but something happened that it may have missed. */
        STALE
    }

    /** Gives runs to workers. */
    public interface Claiming {
        /**
         * Claims for all who ask.
         *
         * @param asks who asks for what, who came first first
         * @param idle whether the hub has little to do just now
         * @return for each, in order, what it got
         */
        List<List<Assignment>> claim(List<Ask> asks, boolean idle);
    }

    /**
     * Makes it.
     *
     * @param claiming gives runs to those who wait; called by one thread at a time
     * @param giveBack takes back what came too late for who asked
     * @param timer ends waiting
     * @param executor runs the looks
     */
    public ClaimDesk(
            Claiming claiming, Consumer<List<Assignment>> giveBack, ScheduledExecutorService timer, Executor executor) {
        this.claiming = claiming;
        this.giveBack = giveBack;
        this.timer = timer;
        this.executor = executor;
    }

    /**
     * Asks for work.
     *
     * @param ask who asks for what
     * @param atMost how long to wait where there is none
     * @return completes with what was claimed; may be empty
     */
    public CompletableFuture<List<Assignment>> claim(Ask ask, Duration atMost) {
        boolean patient = !atMost.isZero() && !atMost.isNegative();
        ClaimWaiter waiter = new ClaimWaiter(ask, patient);
        waiting.add(waiter);
        try {
            if (patient) {
                Future<?> end = timer.schedule(waiter::timeUp, atMost.toMillis(), TimeUnit.MILLISECONDS);
                Future<?> unused = waiter.answer().whenComplete((claimed, failure) -> end.cancel(false));
            }
            wake();
        } catch (RejectedExecutionException hubCloses) {
            close();
        }
        if (closed) {
            close(); // it came while the others were sent away
        }
        return waiter.answer();
    }

    /**
     * The claims of a worker that wait are answered with what there is, which is nothing as a rule.
     *
     * @param worker the worker
     */
    public void dismiss(WorkerId worker) {
        for (ClaimWaiter waiter : waiting) {
            if (waiter.ask().request().workerId().equals(worker)) {
                waiter.timeUp();
            }
        }
    }

    /** Something may be claimable now. Many calls at once are one look. */
    public void wake() {
        if (waiting.isEmpty()) {
            return;
        }
        Look before = look.getAndUpdate(now -> now == Look.NONE || now == Look.DUE ? Look.DUE : Look.STALE);
        if (before == Look.NONE) {
            schedule();
        }
    }

    private void schedule() {
        long pause = notBefore - System.nanoTime();
        try {
            if (pause <= 0) {
                executor.execute(this::look);
            } else {
                Future<?> unused = timer.schedule(() -> executor.execute(this::look), pause, TimeUnit.NANOSECONDS);
            }
        } catch (RejectedExecutionException hubCloses) {
            close();
        }
    }

    private void look() {
        look.set(Look.UNDER_WAY);
        long start = System.nanoTime();
        credit = Math.min(MOST_CREDIT, credit + (start - creditAt) / SHARE);
        try {
            boolean found = serve(open());
            long end = System.nanoTime();
            creditAt = end;
            if (!found) {
                credit -= end - start;
                notBefore = end + Math.max(0, -credit) * SHARE;
            }
        } finally {
            if (!look.compareAndSet(Look.UNDER_WAY, Look.NONE)) {
                look.set(Look.DUE);
                schedule();
            }
        }
    }

    private List<ClaimWaiter> open() {
        waiting.removeIf(waiter -> waiter.answer().isDone());
        List<ClaimWaiter> open = new ArrayList<>(waiting);
        open.forEach(ClaimWaiter::serve);
        open.removeIf(waiter -> waiter.answer().isDone()); // it went before it could be served
        return open;
    }

    /** Answers whether anybody got anything. */
    private boolean serve(List<ClaimWaiter> open) {
        if (open.isEmpty()) {
            return false;
        }
        List<List<Assignment>> claimed;
        try {
            claimed = claiming.claim(open.stream().map(ClaimWaiter::ask).toList(), credit >= MOST_CREDIT / 2);
        } catch (RuntimeException failure) {
            waiting.removeAll(open);
            open.forEach(waiter -> waiter.answer().completeExceptionally(failure));
            return false;
        }
        boolean any = false;
        for (int i = 0; i < open.size(); i++) {
            ClaimWaiter waiter = open.get(i);
            List<Assignment> got = claimed.get(i);
            any |= !got.isEmpty();
            if (!waiter.served(got)) {
                giveBack.accept(got);
            }
        }
        waiting.removeIf(waiter -> waiter.answer().isDone());
        return any;
    }

    private static Unavailable closing() {
        return new Unavailable("hub-closing", "The hub is closing: claim again when it is back.", null);
    }

    /** Sends away all who wait. */
    @Override
    public void close() {
        closed = true;
        for (ClaimWaiter waiter : waiting) {
            waiter.answer().completeExceptionally(closing());
        }
        waiting.clear();
    }
}
