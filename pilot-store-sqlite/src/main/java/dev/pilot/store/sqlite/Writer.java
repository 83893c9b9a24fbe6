package dev.pilot.store.sqlite;

import dev.pilot.api.error.Unavailable;
import dev.pilot.api.id.EventId;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.store.StaleWrite;
import dev.pilot.api.value.Created;
import dev.pilot.store.jdbi.Dialect;
import dev.pilot.store.jdbi.run.EventTable;
import dev.pilot.store.jdbi.store.JdbiUnit;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes whatever waits, never waiting for more, does it all in one transaction and commits once, then
 * answers everybody: so many small writers share the cost of a durable commit. A unit has a savepoint of its own, so that one
 * that fails harms no other; appends that wait side by side are one batch.
 */
final class Writer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    /** So many rows or units are enough for the commit to cost next to nothing; more would only keep callers waiting. */
    private static final int MOST_AT_ONCE = 4_096;
    /** Events that may wait before {@link #submit} makes their callers wait, so that a flood can't fill the memory. */
    private static final int MOST_WAITING = 1 << 18;

    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int STALE_TRIES = 5;

    private final Handle handle;
    private final StoreTime time;
    private final Runnable committed;
    private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final Answers answers = new Answers();
    private final Thread thread;
    private final Dialect dialect = (connection, count) -> positions(count);
    private long lastPosition;
    private volatile boolean closing;

    Writer(Handle handle, StoreTime time, Runnable committed) {
        this.handle = handle;
        this.time = time;
        this.committed = committed;
        this.lastPosition = new EventTable(handle, dialect, time.now()).last();
        this.thread = new Thread(this::loop, "pilot-store-writer");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
        answers.start();
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /** Queues work; waits first where too much waits already. */
    void submit(Work work) {
        room.acquireUninterruptibly(weight(work));
        queue.add(work);
        if (closing && queue.remove(work)) {
            refuse(work);
        }
    }

    private static int weight(Work work) {
        return work instanceof Work.Append append ? Math.min(append.events().size(), MOST_AT_ONCE) : 1;
    }

    private long positions(int count) {
        long first = lastPosition + 1;
        lastPosition += count;
        return first;
    }

    private void loop() {
        List<Work> batch = new ArrayList<>();
        while (!closing || !queue.isEmpty()) {
            try {
                Work first = queue.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    take(first, batch);
                    commit(batch);
                    room.release(batch.stream().mapToInt(Writer::weight).sum());
                    batch.clear();
                }
            } catch (InterruptedException closed) {
                // `closing` is set; what waits is still done.
            }
        }
    }

    private void take(Work first, List<Work> batch) {
        int weight = 0;
        for (Work work = first; work != null; work = weight < MOST_AT_ONCE ? queue.poll() : null) {
            batch.add(work);
            weight += weight(work);
        }
    }

    /** Does it all, commits, answers. */
    private void commit(List<Work> batch) {
        List<Runnable> outcomes = new ArrayList<>(batch.size());
        try {
            if (batch.size() == 1 && batch.get(0) instanceof Work.Unit<?> unit) {
                alone(unit, outcomes);
            } else {
                together(batch, outcomes);
            }
            handle.getConnection().commit();
        } catch (SQLException | RuntimeException failure) {
            rollback();
            RuntimeException told = failure instanceof RuntimeException runtime
                    ? SqliteErrors.translate(runtime)
                    : SqliteErrors.unavailable(SqliteErrors.code(failure), failure);
            answers.later(batch.stream()
                    .<Runnable>map(work -> () -> work.done().completeExceptionally(told))
                    .toList());
            return;
        }
        answers.later(outcomes);
        committed.run();
    }

    /** Without a savepoint: if it fails, the transaction does. */
    private <T> void alone(Work.Unit<T> unit, List<Runnable> outcomes) throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                T answer = apply(unit);
                outcomes.add(() -> unit.done().complete(answer));
                return;
            } catch (RuntimeException | Error failure) {
                handle.getConnection().rollback();
                if (!(failure instanceof StaleWrite) || tries >= STALE_TRIES) {
                    outcomes.add(() -> unit.done().completeExceptionally(translate(failure)));
                    return;
                }
            }
        }
    }

    private void together(List<Work> batch, List<Runnable> outcomes) {
        List<Work.Append> appends = new ArrayList<>();
        for (Work work : batch) {
            if (work instanceof Work.Append append) {
                appends.add(append);
            } else {
                append(appends, outcomes);
                guarded((Work.Unit<?>) work, outcomes);
            }
        }
        append(appends, outcomes);
    }

    private <T> void guarded(Work.Unit<T> unit, List<Runnable> outcomes) {
        for (int tries = 1; ; tries++) {
            execute("savepoint unit");
            try {
                T answer = apply(unit);
                execute("release unit");
                outcomes.add(() -> unit.done().complete(answer));
                return;
            } catch (RuntimeException | Error failure) {
                undo(failure);
                if (!(failure instanceof StaleWrite) || tries >= STALE_TRIES) {
                    outcomes.add(() -> unit.done().completeExceptionally(translate(failure)));
                    return;
                }
            }
        }
    }

    private <T> T apply(Work.Unit<T> unit) {
        long start = System.nanoTime();
        T answer = unit.work().apply(new JdbiUnit(handle, dialect, time.now()));
        long took = System.nanoTime() - start;
        if (took > SLOW_NANOS) {
            LOG.warn("{} kept every writer waiting for {} ms.", unit.name(), TimeUnit.NANOSECONDS.toMillis(took));
        }
        return answer;
    }

    /** One batch for all; if it fails, each for itself, so that only the one at fault does. */
    private void append(List<Work.Append> appends, List<Runnable> outcomes) {
        if (appends.isEmpty()) {
            return;
        }
        execute("savepoint unit");
        try {
            List<NewEvent> events = new ArrayList<>();
            appends.forEach(append -> events.addAll(append.events()));
            boolean[] isNew = new EventTable(handle, dialect, time.now()).insert(events);
            execute("release unit");
            int from = 0;
            for (Work.Append append : appends) {
                int start = from;
                outcomes.add(() -> append.done().complete(answer(append.events(), isNew, start)));
                from += append.events().size();
            }
        } catch (RuntimeException failure) {
            undo(failure);
            if (appends.size() == 1) {
                outcomes.add(() -> appends.get(0).done().completeExceptionally(translate(failure)));
            } else {
                appends.forEach(append -> append(new ArrayList<>(List.of(append)), outcomes));
            }
        }
        appends.clear();
    }

    private static Appended answer(List<NewEvent> events, boolean[] isNew, int from) {
        List<Created<EventId>> answers = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            answers.add(new Created<>(Objects.requireNonNull(events.get(i).id()), isNew[from + i]));
        }
        return new Appended(answers);
    }

    /** Back to before the unit. Where SQLite has ended the whole transaction, everybody in it has failed. */
    private void undo(Throwable failure) {
        if (SqliteErrors.endsTransaction(failure)) {
            throw failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
        }
        execute("rollback to unit");
        execute("release unit");
    }

    private static Throwable translate(Throwable failure) {
        return failure instanceof RuntimeException runtime ? SqliteErrors.translate(runtime) : failure;
    }

    private void execute(String sql) {
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw SqliteErrors.unavailable(SqliteErrors.code(e), e);
        }
    }

    private void rollback() {
        try {
            handle.getConnection().rollback();
        } catch (SQLException e) {
            LOG.error("A transaction that failed could not be rolled back.", e);
        }
    }

    private static void refuse(Work work) {
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
        answers.close();
    }
}
