package dev.pilot.core.worker;

import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.EventId;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.NewEvent;
import dev.pilot.core.system.Ids;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Passes a run's events on to the hub in their order, without keeping the run waiting for each: while some are on their way, what comes
 * gathers and goes next. Once too many wait, as when the hub is away, the run waits, too. What is sent twice is one event, by its id.
 */
final class EventPipe implements AutoCloseable {
    private static final int MOST_WAITING = 256;
    private static final int MOST_AT_ONCE = 100;
    private static final Executor LATER = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);

    private final Function<List<NewEvent>, CompletionStage<Appended>> hub;
    private final Consumer<PilotException> away;
    private final Consumer<Throwable> refused;
    /** Nobody else's ids begin like this. */
    private final String own = "evt_" + Ids.secret() + "-";

    private final AtomicLong count = new AtomicLong();
    private final Deque<NewEvent> waiting = new ArrayDeque<>();
    private boolean sending;
    private boolean closed;
    /** So many of the first ones go one by one, since the hub has refused one of them. */
    private int alone;

    /**
     * Makes it.
     *
     * @param hub appends to the run's events
     * @param away is told each time that the hub can't be reached; what waits is sent again
     * @param refused is told what the hub will never take; it is dropped
     */
    EventPipe(
            Function<List<NewEvent>, CompletionStage<Appended>> hub,
            Consumer<PilotException> away,
            Consumer<Throwable> refused) {
        this.hub = hub;
        this.away = away;
        this.refused = refused;
    }

    void add(NewEvent event) throws InterruptedException {
        NewEvent named = event.id() != null
                ? event
                : event.toBuilder()
                        .id(new EventId(own + count.incrementAndGet()))
                        .build();
        synchronized (this) {
            while (waiting.size() >= MOST_WAITING && !closed) {
                wait();
            }
            if (closed) {
                return;
            }
            waiting.add(named);
            if (sending) {
                return;
            }
            sending = true;
        }
        send();
    }

    /** Waits till the hub has all that was added. */
    synchronized void flush() throws InterruptedException {
        while (sending && !closed) {
            wait();
        }
    }

    /** Forgets what the hub does not have yet. */
    @Override
    public synchronized void close() {
        closed = true;
        waiting.clear();
        notifyAll();
    }

    private void send() {
        for (List<NewEvent> batch = next(); !batch.isEmpty(); batch = next()) {
            CompletableFuture<Appended> answer = hub.apply(batch).toCompletableFuture();
            if (!answer.isDone()) {
                int size = batch.size();
                CompletableFuture<Appended> unused = answer.whenComplete((done, failure) -> {
                    if (isSettled(size, failure)) {
                        send();
                    }
                });
                return;
            }
            if (!isSettled(batch.size(), failure(answer))) {
                return;
            }
        }
    }

    private synchronized List<NewEvent> next() {
        List<NewEvent> batch =
                waiting.stream().limit(alone > 0 ? 1 : MOST_AT_ONCE).toList();
        if (batch.isEmpty()) {
            sending = false;
            notifyAll();
        }
        return batch;
    }

    private static @Nullable Throwable failure(CompletableFuture<Appended> answer) {
        try {
            answer.join();
            return null;
        } catch (CompletionException | CancellationException failed) {
            return failed;
        }
    }

    /** Whether to go on at once. */
    private boolean isSettled(int size, @Nullable Throwable thrown) {
        Throwable reason = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        ErrorKind kind = reason instanceof PilotException known ? known.kind() : null;
        if (kind == ErrorKind.UNAVAILABLE || kind == ErrorKind.OUTCOME_UNKNOWN) {
            away.accept((PilotException) reason);
            LATER.execute(this::send);
            return false;
        }
        if (kind == ErrorKind.LEASE_LOST) {
            close();
        } else if (reason != null && size > 1) {
            alone(size);
            return true;
        } else {
            forget(size);
        }
        if (reason != null) {
            refused.accept(reason);
        }
        return true;
    }

    private synchronized void alone(int size) {
        alone = size;
    }

    private synchronized void forget(int size) {
        for (int i = 0; i < size && !waiting.isEmpty(); i++) {
            waiting.remove();
        }
        alone = Math.max(0, alone - size);
        notifyAll();
    }
}
