package dev.pilot.store.sqlite;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Answers callers on a thread of its own: what they do with the answer may take its time, and the writer meanwhile is at the next
 * transaction.
 */
final class Answers implements AutoCloseable {
    private static final List<Runnable> END = List.of();

    private final BlockingQueue<List<Runnable>> queue = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::loop, "pilot-store-answers");

    Answers() {
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void later(List<Runnable> outcomes) {
        if (!outcomes.isEmpty()) {
            queue.add(outcomes);
        }
    }

    private void loop() {
        try {
            for (List<Runnable> outcomes = queue.take(); outcomes != END; outcomes = queue.take()) {
                outcomes.forEach(Runnable::run);
            }
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        queue.add(END);
        try {
            if (Thread.currentThread() != thread) {
                thread.join();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
