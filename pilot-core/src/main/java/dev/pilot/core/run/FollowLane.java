package dev.pilot.core.run;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Followers that wait for their turn, and the few threads that take them one after another. A follower that blocks its thread holds
 * nobody up: another thread comes when nothing has been taken for a while. Threads may share it.
 */
final class FollowLane {
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(20);

    private final Executor executor;
    private final int usual;
    private final Queue<EventFollowing> waiting = new ArrayDeque<>();
    private int threads;
    private long taken;
    private long drained;

    /**
     * Makes one.
     *
     * @param executor gives threads
     * @param usual how many threads at most, while none is blocked
     */
    FollowLane(Executor executor, int usual) {
        this.executor = executor;
        this.usual = usual;
    }

    /** Takes a follower's step in its turn. */
    void add(EventFollowing following) {
        boolean start;
        synchronized (this) {
            waiting.add(following);
            start = threads < usual || System.nanoTime() - taken > PATIENCE;
            if (start) {
                threads++;
                taken = System.nanoTime();
            }
        }
        if (start) {
            try {
                executor.execute(this::work);
            } catch (RejectedExecutionException shutDown) {
                refuse(following);
            }
        }
    }

    private void refuse(EventFollowing following) {
        synchronized (this) {
            threads--;
            waiting.remove(following);
        }
        following.endClosing();
    }

    private void work() {
        for (EventFollowing next = take(); next != null; next = take()) {
            next.step();
        }
    }

    private synchronized @Nullable EventFollowing take() {
        taken = System.nanoTime();
        EventFollowing next = waiting.poll();
        if (next == null) {
            threads--;
            drained = taken;
        }
        return next;
    }

    /** When nothing was waiting any more, by {@link System#nanoTime}; now if something is. */
    synchronized long drainedAt() {
        return waiting.isEmpty() ? drained : System.nanoTime();
    }
}
