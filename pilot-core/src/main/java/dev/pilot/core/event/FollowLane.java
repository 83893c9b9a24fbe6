package dev.pilot.core.event;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Followers that wait for their turn, and the few threads that take them one after another. A follower that blocks its thread holds
 * nobody up: a thread that has been in one step for long does not count, and another takes its place. Threads may share it.
 */
final class FollowLane {
    private static final long LONG = TimeUnit.MILLISECONDS.toNanos(100);

    private final Executor executor;
    private final int usual;
    private final Queue<EventFollowing> waiting = new ArrayDeque<>();
    private final Set<Turn> turns = new HashSet<>();
    private long drained;

    /** A thread that takes followers, and when it took the last one. */
    private static final class Turn {
        private long since = System.nanoTime();
    }

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
        synchronized (this) {
            waiting.add(following);
        }
        boolean unused = look();
    }

    /** Sees to it that those who wait are taken, though threads may be blocked. Answers whether somebody still waits. */
    boolean look() {
        Turn turn;
        boolean more;
        synchronized (this) {
            more = !waiting.isEmpty();
            if (!more || atWork(System.nanoTime()) >= usual) {
                return more;
            }
            turn = new Turn();
            turns.add(turn);
        }
        try {
            executor.execute(() -> work(turn));
        } catch (RejectedExecutionException shutDown) {
            refuse(turn);
        }
        return more;
    }

    /** The hub closes. */
    private void refuse(Turn turn) {
        List<EventFollowing> refused;
        synchronized (this) {
            turns.remove(turn);
            refused = List.copyOf(waiting);
            waiting.clear();
        }
        refused.forEach(EventFollowing::endClosing);
    }

    private void work(Turn turn) {
        for (EventFollowing next = take(turn); next != null; next = take(turn)) {
            next.step();
        }
    }

    /** The next in its turn; null if there is none, or others are enough. */
    private synchronized @Nullable EventFollowing take(Turn turn) {
        long now = System.nanoTime();
        turn.since = now;
        EventFollowing next = atWork(now) > usual ? null : waiting.poll();
        if (next == null) {
            turns.remove(turn);
            drained = now;
        }
        return next;
    }

    private int atWork(long now) {
        int count = 0;
        for (Turn turn : turns) {
            count += now - turn.since < LONG ? 1 : 0;
        }
        return count;
    }

    /** When nothing was waiting any more, by {@link System#nanoTime}; now if something is. */
    synchronized long drainedAt() {
        return waiting.isEmpty() ? drained : System.nanoTime();
    }
}
