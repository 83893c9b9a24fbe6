package dev.pilot.store.jdbi.store;

import dev.pilot.api.error.Unavailable;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that writes. It takes whatever waits, never waiting for more, does it all in one transaction and commits once: so
 * many small writers share the cost of a durable commit.
 */
final class Writer implements AutoCloseable {
    /** Rows and units that may wait before {@link #submit} makes their callers wait, so that a flood can't fill the memory. */
    private static final int MOST_WAITING = 1 << 18;

    private final GroupCommit commits;
    private final Hints hints;
    private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final Thread thread;
    private volatile boolean closing;

    Writer(GroupCommit commits, Hints hints) {
        this.commits = commits;
        this.hints = hints;
        this.thread = new Thread(this::loop, "pilot-store-writer");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /** Queues work; waits first where too much waits already. */
    void submit(Work work) {
        room.acquireUninterruptibly(work.weight());
        queue.add(work);
        if (closing && queue.remove(work)) {
            refuse(work);
        }
    }

    private void loop() {
        while (!closing || !queue.isEmpty()) {
            try {
                Work first = queue.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    List<Work> done = commits.run(first, queue::poll);
                    room.release(done.stream().mapToInt(Work::weight).sum());
                    if (commits.appended()) {
                        hints.give();
                    }
                }
            } catch (InterruptedException woken) {
                // By close(), or by a unit that left the thread interrupted; what waits is still done.
            }
        }
    }

    private void refuse(Work work) {
        room.release(work.weight());
        work.done().completeExceptionally(new Unavailable("store-closed", "The store is closed.", null));
    }

    /** Does what waits, then ends. */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        for (Work late = queue.poll(); late != null; late = queue.poll()) {
            refuse(late);
        }
    }
}
